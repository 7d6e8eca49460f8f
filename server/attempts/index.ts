import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Feature } from '../feature.ts';
import { handle, handleRaw } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import * as contract from './contract.ts';
import { presentMemberResult, presentResult } from './present.ts';
import { Results } from './results.ts';
import { attemptOf, keepAttempt } from './service.ts';
import { tableHead, tableRows } from './table.ts';
import type { CourseTitles } from './titles.ts';

export { secondsIn } from './durations.ts';
export { standingOf } from './rules.ts';
export { noteAttempt } from './service.ts';
export type { CourseTitles } from './titles.ts';

/** What members have learnt with packages that keep count, where they go on, and what came of it. */
export function createAttempts(platform: Platform, courseTitles: CourseTitles): Feature {
  const results = new Results(platform, courseTitles);
  return {
    name: 'attempts',
    routes: [
      handle(contract.getAttempt, async ({ member, params, query }) => attemptOf(member, params, query.item)),
      handle(contract.keepAttempt, async ({ member, params, body }) =>
        keepAttempt(platform, member, params, body),
      ),
      handle(contract.ownResults, async ({ member, params, language }) => ({
        items: (await results.own(member, params, language)).map(presentResult),
      })),
      handle(contract.listResults, async ({ member, params, query, language }) => {
        const { items, ...page } = await results.page(member, params.id, query, language);
        return { items: items.map(presentMemberResult), ...page };
      }),
      handleRaw(contract.exportResults, async ({ member, params, query, language, res }) => {
        const batches = await results.all(member, params.id, query, language);
        res.attachment('results.csv').type('text/csv');
        const text = async function* () {
          yield tableHead(language);
          for await (const some of batches) yield tableRows(some, language);
        };
        await pipeline(Readable.from(text()), res);
      }),
    ],
  };
}
