import { handle, handleRaw, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import * as contract from './contract.ts';
import { mergeTerm } from './merge.ts';
import { presentTerm, presentVocabulary } from './present.ts';
import * as service from './service.ts';
import { exportTerms, importTerms } from './transfer.ts';

export const routes = (platform: Platform): Route[] => [
  handle(contract.listVocabularies, async ({ member }) => ({
    items: (await service.listVocabularies(member)).map((vocabulary) =>
      presentVocabulary(member, vocabulary),
    ),
  })),
  handle(contract.listTerms, async ({ member, params, query }) => {
    const page = await service.listTerms(member, params.key, query);
    return { ...page, items: page.items.map((term) => presentTerm(member, term)) };
  }),
  handleRaw(contract.exportTerms, async ({ member, params, res }) => {
    const csv = await exportTerms(member, params.key);
    res.attachment(`${params.key}.csv`).type('text/csv').send(csv);
  }),
  handle(contract.getTerm, async ({ member, params }) =>
    presentTerm(member, await service.getTerm(member, params.key, params.id)),
  ),
  handle(contract.addTerm, async ({ member, params, body }) =>
    presentTerm(member, await service.addTerm(platform, member, params.key, body)),
  ),
  handle(contract.editTerm, async ({ member, params, body, ifMatch }) =>
    presentTerm(member, await service.editTerm(platform, member, params.key, params.id, body, ifMatch)),
  ),
  handle(contract.mergeTerm, async ({ member, params, body }) =>
    presentTerm(member, await mergeTerm(platform, member, params.key, params.id, body.into)),
  ),
  handle(contract.importTerms, async ({ member, params, body }) =>
    importTerms(platform, member, params.key, body),
  ),
];
