import type { Feature } from '../feature.ts';
import { handle } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import * as contract from './contract.ts';
import { attemptOf, keepAttempt } from './service.ts';

export { standingOf } from './rules.ts';
export { noteAttempt } from './service.ts';

/** What members have learnt with packages that keep count, and where they go on. */
export const createAttempts = (platform: Platform): Feature => ({
  name: 'attempts',
  routes: [
    handle(contract.getAttempt, async ({ member, params, query }) => attemptOf(member, params, query.item)),
    handle(contract.keepAttempt, async ({ member, params, body }) =>
      keepAttempt(platform, member, params, body),
    ),
  ],
});
