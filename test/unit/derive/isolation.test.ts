import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Converters, isolates } from '../../../server/derive/converters.ts';
import { limitsFor } from '../../../server/derive/recipes.ts';

/** A converter whose library has been taken over: here, one that an operator has installed connects to a server. */

let folder: string;
let asked: string[];
const given = process.env.OCCT_IMPORT_JS;
const converters = new Converters();
const server = createServer((req, res) => {
  asked.push(req.url ?? '');
  res.end();
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-isolation-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  process.env.OCCT_IMPORT_JS = given ?? '';
  converters.stop();
  server.close();
  await rm(folder, { recursive: true });
});

/** Has a converter ask the server for a path, and tells what came of it. */
async function ask(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const told = join(folder, 'told');
  const library = `const { get } = require('node:http');
    const { writeFileSync } = require('node:fs');
    module.exports = () => new Promise((resolve) => {
      const end = (what) => { writeFileSync(${JSON.stringify(told)}, what); resolve({}); };
      get('http://127.0.0.1:${port}${path}', () => end('answered')).on('error', ({ code }) => end(code));
    });`;
  await writeFile(join(folder, 'index.js'), library);
  process.env.OCCT_IMPORT_JS = folder;
  const source = join(folder, 'part.step');
  await writeFile(source, 'ISO-10303-21;');
  const task = { recipe: 'model', mediaType: 'model/step', source, folder } as const;
  await converters.run(task, limitsFor('model', 'model/step')).catch(() => {}); // it is no library at all
  return spawnSync('cat', [told], { encoding: 'utf8' }).stdout;
}

test('a converter reaches no server where the system can isolate it; where it cannot, that is known', async () => {
  asked = [];
  const outcome = await ask('/stolen');
  if (isolates()) {
    expect(outcome).toMatch(/^E(NETUNREACH|CONNREFUSED|ADDRNOTAVAIL)$/);
    expect(asked).toEqual([]);
  } else {
    // No user namespaces here: operators are told to close the network of workers by other means.
    expect(outcome).toBe('answered');
  }
});

test('a system that has user namespaces is found out to isolate', () => {
  const status = process.platform === 'linux' ? spawnSync('unshare', ['-rn', 'true']).status : 1;
  expect(isolates()).toBe(status === 0);
});
