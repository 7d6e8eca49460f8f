import type { Member } from '../access/index.ts';
import type { Feature } from '../feature.ts';
import { handle, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { assertReadable, onView } from '../resources/index.ts';
import * as contract from './contract.ts';
import { countDays } from './days.ts';
import { tellSearch } from './popularity.ts';
import { type Origin, UsageRecorder, type Use } from './recorder.ts';
import { resourceUsage, usageSummary } from './service.ts';

let recorder: UsageRecorder | undefined;

/**
 * Notes that a resource was used; returns at once and never throws. Hand over the request, so that visitors are told
 * apart and robots left out.
 */
export function recordUsage(member: Member, use: Use, origin?: Origin): void {
  recorder?.note(member, use, origin);
}

const COUNT_DAYS = 'usage/count-days';
const TELL_SEARCH = 'usage/tell-search';

/** Uses of resources, and the numbers made from them. */
export function createUsage(platform: Platform): Feature {
  const { clock, jobs } = platform;
  const noting = new UsageRecorder(platform);
  recorder = noting;
  onView(({ member, resource, version, req }) =>
    noting.note(member, { kind: 'view', resource, version }, req),
  );
  const routes: Route[] = [
    handle(contract.recordUse, async ({ member, body, req }) => {
      await assertReadable(member, body.resource);
      noting.note(member, body, req);
    }),
    handle(contract.resourceUsage, async ({ member, params, query }) => {
      await noting.flush();
      return resourceUsage(member, clock(), params.id, query);
    }),
    handle(contract.usageSummary, async ({ member, query }) => {
      await noting.flush();
      return usageSummary(member, clock(), query);
    }),
  ];
  return {
    name: 'usage',
    routes,
    start: async () => {
      jobs.define(COUNT_DAYS, { attempts: 5 }, () => countDays(clock()));
      jobs.define(TELL_SEARCH, { attempts: 5 }, () => tellSearch(clock()));
      await jobs.every('1 hour', COUNT_DAYS);
      await jobs.every('1 hour', TELL_SEARCH);
    },
    stop: () => noting.flush(),
  };
}

export { usesOf } from './popularity.ts';
export type { Use } from './recorder.ts';
