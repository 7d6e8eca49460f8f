import type { Request, Response } from 'express';
import type { Member } from '../access/index.ts';
import { setFor } from '../collections/index.ts';
import { fileName, sendAttachment, type Work, worksFor, zipOf } from '../downloads/index.ts';
import { handle, handleRaw, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { contentFor } from '../resources/index.ts';
import { recordUsage } from '../usage/index.ts';
import * as contract from './contract.ts';
import { importBag } from './import.ts';
import { bagOf } from './layout.ts';

export const routes = (platform: Platform): Route[] => {
  const source = platform.config.GROUP_NAME;
  const send = async (
    { member, req, res }: { member: Member; req: Request; res: Response },
    works: readonly Work[],
    bag: Parameters<typeof bagOf>[0],
  ) => {
    await sendAttachment(req, res, zipOf(platform, bagOf(bag)), `${bag.name}.zip`, () => {
      for (const { id, version } of works)
        if (version !== null) recordUsage(member, { kind: 'download', resource: id, version }, req);
    });
  };

  return [
    handleRaw(contract.downloadBag, async ({ member, params, req, res }) => {
      const { id, version } = params;
      const work = { id, ...(await contentFor(member, id, version)), folder: '' };
      const { title } = work.content;
      const name = `${fileName(title)}-v${version}`;
      const { modifiedAt } = work;
      const bag = { name, title, identifier: `${id}/${version}`, source, works: [work], modifiedAt };
      await send({ member, req, res }, [work], bag);
    }),
    handleRaw(contract.downloadCollectionBag, async ({ member, params, req, res }) => {
      const { id } = params;
      const { title, summary, sections, items, updatedAt } = await setFor(member, 'collection', id);
      const works = await worksFor(
        member,
        items.map(({ resource }) => resource),
      );
      const given = new Set(works.map((work) => work.id));
      const set = { title, summary, sections, items: items.filter(({ resource }) => given.has(resource)) };
      const bag = { name: fileName(title), title, identifier: id, source, works, set, modifiedAt: updatedAt };
      await send({ member, req, res }, works, bag);
    }),
    handle(contract.importBag, ({ member, body }) => importBag(platform, member, body)),
  ];
};
