/**
 * `npm run reindex` puts everything that is published into the search index again, and shows how far it is. It asks
 * the running instance or, when none runs, starts one for as long as it takes.
 */
import { setTimeout } from 'node:timers/promises';
import { getIndexState, rebuildIndex } from '../server/search/contract.ts';
import { callerOf } from './instance/caller.ts';
import { withInstance } from './instance/with-instance.ts';

await withInstance(async ({ address, token }) => {
  const operator = callerOf(address, { Authorization: `Bearer ${token}` });
  let state = await operator.call(rebuildIndex, { body: {} });
  while (state.comparing) {
    process.stdout.write(`\r${state.comparing.checked} resources checked, ${state.comparing.put} put  `);
    await setTimeout(500);
    state = await operator.call(getIndexState);
  }
  process.stdout.write(
    `\rThe search index ${state.version ?? ''} (${state.engine}) is complete.          \n`,
  );
});
process.exit(0);
