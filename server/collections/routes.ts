import { handle, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { recordUsage } from '../usage/index.ts';
import * as contract from './contract.ts';
import { presentSet, presentSummaries } from './present.ts';
import { setService } from './service.ts';

export const routes = (platform: Platform): Route[] => {
  const [collections, shelves] = [setService(platform, 'collection'), setService(platform, 'shelf')];
  return [
    handle(contract.listCollections, async ({ member, query }) => {
      const page = await collections.list(member, query);
      return { ...page, items: await presentSummaries(member, 'collection', page.items) };
    }),
    ...routesUnder(contract.collectionEndpoints, 'collection', collections),
    handle(contract.listShelves, async ({ member, query }) => {
      const page = await shelves.list(member, { ...query, mine: true });
      return { ...page, items: await presentSummaries(member, 'shelf', page.items) };
    }),
    ...routesUnder(contract.shelfEndpoints, 'shelf', shelves),
  ];
};

function routesUnder(
  endpoints: contract.SetEndpoints,
  subject: 'collection' | 'shelf',
  service: ReturnType<typeof setService>,
): Route[] {
  return [
    handle(endpoints.create, async ({ member, body }) =>
      presentSet(member, subject, await service.create(member, body)),
    ),
    handle(endpoints.get, async ({ member, params }) =>
      presentSet(member, subject, await service.get(member, params.id)),
    ),
    handle(endpoints.update, async ({ member, params, body, ifMatch }) =>
      presentSet(member, subject, await service.update(member, params.id, body, ifMatch)),
    ),
    handle(endpoints.remove, async ({ member, params, ifMatch }) =>
      service.remove(member, params.id, ifMatch),
    ),
    handle(endpoints.addItem, async ({ member, params, body, ifMatch, req }) => {
      const { before, ...item } = body;
      const set = await service.addItem(member, params.id, item, before, ifMatch);
      recordUsage(member, { kind: 'adopt', resource: item.resource }, req);
      return presentSet(member, subject, set);
    }),
    handle(endpoints.changeItem, async ({ member, params, body, ifMatch }) =>
      presentSet(
        member,
        subject,
        await service.changeItem(member, params.id, params.resource, body, ifMatch),
      ),
    ),
    handle(endpoints.removeItem, async ({ member, params, ifMatch }) =>
      presentSet(member, subject, await service.removeItem(member, params.id, params.resource, ifMatch)),
    ),
  ];
}
