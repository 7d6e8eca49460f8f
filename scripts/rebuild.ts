/**
 * `npm run rebuild` has everything made anew that is made of files, or what one recipe makes, and shows how much waits. It
 * asks the running instance, which goes on when this is stopped, or, when none runs, starts one for as long as it takes.
 */
import { setTimeout } from 'node:timers/promises';
import { countDerivatives, rebuildDerivatives, recipes } from '../server/derive/contract.ts';
import { listJobs } from '../server/jobs/contract.ts';
import { askInstance } from './instance/ask-instance.ts';
import { misused, readOptions } from './options.ts';

const usage = `npm run rebuild -- [--recipe ${recipes.join('|')}]`;
const { recipe: named } = readOptions(usage, { recipe: { type: 'string' } });
const recipe = recipes.find((one) => one === named);
if (named !== undefined && recipe === undefined) misused(usage, `There is no recipe called “${named}”.`);

await askInstance(async (operator) => {
  await operator.call(rebuildDerivatives, { body: recipe ? { recipe } : {} });
  for (;;) {
    const [{ items: asking }, { items }] = await Promise.all([
      operator.call(listJobs, { query: { name: 'derive/rebuild' } }),
      operator.call(countDerivatives),
    ]);
    const concerned = items.filter((one) => recipe === undefined || one.recipe === recipe);
    const sum = (state: 'done' | 'waiting' | 'failed') => concerned.reduce((all, one) => all + one[state], 0);
    process.stdout.write(`\r${sum('waiting')} waiting, ${sum('done')} done, ${sum('failed')} failed  `);
    // One that went well is there for a moment, too, before it is gone.
    const isGivenUp = asking.some(
      ({ state, failedAt }) => (state === 'failed' || state === 'stopped') && failedAt !== undefined,
    );
    if (isGivenUp || (asking.length === 0 && sum('waiting') === 0)) {
      process.stdout.write('\n');
      return !isGivenUp;
    }
    await setTimeout(1000);
  }
}, 'Not everything was asked for again; the page of background jobs says more.');
