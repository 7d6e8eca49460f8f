/**
 * `npm run reindex` puts everything that is published into the search index again, and shows how far it is. It asks
 * the running instance or, when none runs, starts one for as long as it takes.
 */
import { setTimeout } from 'node:timers/promises';
import { getIndexState, rebuildIndex } from '../server/search/contract.ts';
import { askInstance } from './instance/ask-instance.ts';

await askInstance(async (operator) => {
  const before = await operator.call(getIndexState);
  let state = await operator.call(rebuildIndex, { body: {} });
  while (state.comparing) {
    const { checked, of } = state.comparing;
    process.stdout.write(`\r${checked} of ${of ?? '…'} resources  `);
    await setTimeout(500);
    state = await operator.call(getIndexState);
  }
  const { compared, version, engine } = state;
  if (!compared || compared.at === before.compared?.at) return false;
  process.stdout.write(
    `\r${compared.put} resources put, ${compared.removed} removed: the search index ${version} (${engine}) is complete.\n`,
  );
  return true;
}, 'The search index was not put again; the log of the instance says more.');
