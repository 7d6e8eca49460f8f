import { handle, handlePage, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { annotate } from './annotations/service.ts';
import * as contract from './contract.ts';
import { views } from './events.ts';
import { withDerivatives } from './files/derivatives.ts';
import * as files from './files/service.ts';
import { listOwn, listResources } from './list.ts';
import { present, presentOwnCard, readyCard } from './present.ts';
import { presentChange } from './present-change.ts';
import { publish } from './publish.ts';
import * as service from './service.ts';
import * as steps from './steps.ts';
import { countTermUses, listTermUses } from './term-uses.ts';
import * as versions from './versions.ts';

export const routes = (platform: Platform): Route[] => [
  handle(contract.createResource, async ({ member, body }) =>
    withDerivatives(present(member, await service.createResource(platform, member, body), 'draft')),
  ),
  handlePage(contract.listResources, async ({ member, query }) => {
    if (query.mine) {
      const own = await listOwn(member, query);
      return { ...own, items: own.items.map((resource) => presentOwnCard(member, resource)) };
    }
    const page = await listResources(member, query);
    return { ...page, items: page.items.map((resource) => readyCard(member, resource)) };
  }),
  handle(contract.getResource, async ({ member, params, query, req }) => {
    const { resource, view } = await service.getResource(member, params.id, query.view);
    if (view === 'published' && resource.published && !resource.withdrawn)
      views.announce({ member, resource: params.id, version: resource.published.number, req });
    const shown = await withDerivatives(present(member, resource, view));
    const { withdrawn } = shown;
    if (withdrawn?.successor === undefined) return shown;
    const successorTitle = await service.titleFor(member, withdrawn.successor);
    return { ...shown, withdrawn: { ...withdrawn, ...(successorTitle !== undefined && { successorTitle }) } };
  }),
  handle(contract.updateResource, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await service.describe(platform, member, params.id, body, ifMatch), 'draft'),
    ),
  ),
  handle(contract.deleteResource, async ({ member, params, ifMatch }) =>
    steps.discard(platform, member, params.id, ifMatch),
  ),
  handle(contract.shareResource, async ({ member, params, body, ifMatch }) => {
    const resource = await service.share(platform, member, params.id, body.editors, ifMatch);
    return withDerivatives(present(member, resource, resource.draft ? 'draft' : 'published'));
  }),
  handle(contract.submitResource, async ({ member, params, ifMatch }) =>
    withDerivatives(present(member, await steps.submit(platform, member, params.id, ifMatch), 'draft')),
  ),
  handle(contract.recallResource, async ({ member, params, ifMatch }) =>
    withDerivatives(present(member, await steps.recall(platform, member, params.id, ifMatch), 'draft')),
  ),
  handle(contract.publishResource, async ({ member, params, body, ifMatch }) =>
    publish(platform, member, params.id, body.note, ifMatch),
  ),
  handle(contract.returnResource, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await steps.sendBack(platform, member, params.id, body, ifMatch), 'draft'),
    ),
  ),
  handle(contract.withdrawResource, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await steps.withdraw(platform, member, params.id, body, ifMatch), 'published'),
    ),
  ),
  handle(contract.startDraft, async ({ member, params, ifMatch }) =>
    withDerivatives(present(member, await steps.startDraft(platform, member, params.id, ifMatch), 'draft')),
  ),
  handle(contract.discardDraft, async ({ member, params, ifMatch }) =>
    withDerivatives(
      present(member, await steps.discardDraft(platform, member, params.id, ifMatch), 'published'),
    ),
  ),
  handle(contract.arrangeFiles, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await files.arrangeFiles(platform, member, params.id, body, ifMatch), 'draft'),
    ),
  ),
  handle(contract.removeFile, async ({ member, params, ifMatch }) =>
    withDerivatives(
      present(member, await files.dropFile(platform, member, params.id, params.path, ifMatch), 'draft'),
    ),
  ),
  handle(contract.annotateFile, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await annotate(platform, member, params, body.annotations, ifMatch), 'draft'),
    ),
  ),
  handle(contract.chooseCover, async ({ member, params, body, ifMatch }) =>
    withDerivatives(
      present(member, await files.setCover(platform, member, params.id, body.path, ifMatch), 'draft'),
    ),
  ),
  handle(contract.chooseView, async ({ member, params, body, ifMatch }) =>
    withDerivatives(present(member, await files.setView(platform, member, params, body, ifMatch), 'draft')),
  ),
  handle(contract.listVersions, async ({ member, params, query }) => {
    const page = await versions.listVersions(member, params.id, query);
    return { ...page, items: page.items.map((version) => ({ ...version, files: version.fileCount })) };
  }),
  handle(contract.getVersion, async ({ member, params }) =>
    withDerivatives(await versions.getVersion(member, params.id, params.number)),
  ),
  handle(contract.listHistory, async ({ member, params, query, language }) => {
    const page = await versions.listHistory(member, params.id, query);
    return { ...page, items: page.items.map((change) => presentChange(change, language)) };
  }),
  handle(contract.countTermUses, async ({ member, params }) =>
    countTermUses(member, params.key, params.code),
  ),
  handle(contract.listTermUses, async ({ member, params }) => ({
    items: await listTermUses(member, params.key),
  })),
];
