import { join } from 'node:path';
import { startEngine } from '../storage/documents/embedded/start.ts';
import { misused, readOptions } from './options.ts';

/**
 * `npm run documents:serve -- --port 27017 --data DIR` serves the embedded document engine alone, on loopback and
 * without a password, for mongosh, Compass, and drivers of other languages and their test suites. With
 * `--test-commands` these may ask it for faults.
 */
const usage = 'npm run documents:serve -- [--port N] [--data DIR] [--test-commands]';
const values = readOptions(usage, {
  port: { type: 'string', default: '27017' },
  data: { type: 'string', default: 'data/documents' },
  'test-commands': { type: 'boolean', default: false },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  misused(usage, `--port wants a number up to 65535, not ${values.port}`);

const engine = await startEngine({
  file: join(values.data, 'documents.sqlite'),
  port,
  testCommands: values['test-commands'],
  log: (message) => process.stderr.write(`${message}\n`),
}).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
process.stdout.write(`The document engine listens at ${engine.url}, Ctrl-C ends it.\n`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    if (ending) return;
    ending = true;
    await engine.close();
    process.exit(0);
  });
