import { handle, pageFrom } from '../http/index.ts';
import * as contract from './contract.ts';
import { present, presentAll } from './present.ts';
import * as service from './service.ts';

export const routes = [
  handle(contract.listJobs, async ({ member, query }) => {
    const found = await service.listJobs(member, query);
    const { items, next } = pageFrom(found, query.limit, (last) => [String(last._id)]);
    const counts = await service.countJobs();
    return { items: await presentAll(member, items), counts, ...(next !== undefined && { next }) };
  }),
  handle(contract.retryJob, async ({ member, params }) =>
    present(member, await service.retryJob(member, params.id)),
  ),
  handle(contract.retryFailedJobs, async ({ member }) => ({
    retried: await service.retryFailedJobs(member),
  })),
  handle(contract.cancelJob, async ({ member, params }) =>
    present(member, await service.cancelJob(member, params.id, new Date())),
  ),
  handle(contract.removeJob, ({ member, params }) => service.removeJob(member, params.id)),
];
