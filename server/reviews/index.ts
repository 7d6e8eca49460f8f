import type { Feature } from '../feature.ts';
import { handle, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { presentSubmission, submissionsFor } from '../resources/index.ts';
import * as contract from './contract.ts';
import { listRatings, rate, unrate } from './service.ts';

const routes = (platform: Platform): Route[] => [
  handle(contract.listReviews, async ({ member, query }) => {
    const page = await submissionsFor(member, query);
    return { ...page, items: page.items.map((resource) => presentSubmission(member, resource)) };
  }),
  handle(contract.listRatings, async ({ member, params, query }) => listRatings(member, params.id, query)),
  handle(contract.rateResource, async ({ member, params, body }) => rate(platform, member, params.id, body)),
  handle(contract.unrateResource, async ({ member, params }) => unrate(member, params.id)),
];

/** The queue of reviewers, and what readers say. */
export const createReviews = (platform: Platform): Feature => ({ name: 'reviews', routes: routes(platform) });

export { standingOf } from './service.ts';
