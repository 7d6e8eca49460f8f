/**
 * `npm run reindex` puts everything that is published into the search index again, and shows how far it is. It asks
 * the running instance or, when none runs, starts one for as long as it takes.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../server/config.ts';
import { type AnswerOf, type EndpointDefinition, requestOf } from '../server/http/contract.ts';
import { instanceFile } from '../server/operator/index.ts';
import { getIndexState, rebuildIndex } from '../server/search/contract.ts';
import { startServer } from '../server/start.ts';

const config = readConfig();
const file = instanceFile(config.DATA_DIR);
const own = existsSync(file) ? undefined : await startServer({ ...config, PORT: 0, CONTENT_PORT: 0 });
const { address, token } = JSON.parse(await readFile(file, 'utf8')) as { address: string; token: string };

async function call<E extends EndpointDefinition>(endpoint: E): Promise<AnswerOf<E>> {
  const [path, init] = requestOf(endpoint, endpoint.body ? { body: {} as never } : {});
  const headers = { ...(init.headers as Record<string, string>), Authorization: `Bearer ${token}` };
  const answer = await fetch(address + path, { ...init, headers });
  if (!answer.ok) throw new Error(`The instance refused: ${await answer.text()}`);
  return (await answer.json()) as AnswerOf<E>;
}

let state = await call(rebuildIndex);
while (state.comparing) {
  process.stdout.write(`\r${state.comparing.checked} resources checked, ${state.comparing.put} put  `);
  await new Promise((resolve) => setTimeout(resolve, 500));
  state = await call(getIndexState);
}
process.stdout.write(`\rThe search index ${state.version ?? ''} (${state.engine}) is complete.          \n`);
await own?.stop();
