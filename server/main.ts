import { setFlagsFromString } from 'node:v8';
import { ConfigError, readConfig } from './config.ts';
import { openEngines } from './engines.ts';
import { assertCanListen } from './listen.ts';
import { whyNotStarted } from './why-not-started.ts';

/**
 * Reads the settings, starts, and stops cleanly on Ctrl-C or when told to end. The engines open, in threads of their
 * own, while the rest of the program is still being read.
 */

function readConfigOrExit() {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

// The bytes of an upload count as memory in use until it is cleared. Left to itself, V8 lets the heap grow by a tenth
// before it looks through all of it again: several times a second while files come in, which took half of the
// processor and held up requests for tens of milliseconds. So it looks once the heap has doubled.
setFlagsFromString('--heap-growing-percent=100');

const config = readConfigOrExit();
try {
  await assertCanListen(config);
  const [engines, { startServer }] = await Promise.all([openEngines(config), import('./start.ts')]);
  const server = await startServer(config, engines);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.stdout.write(server.greeting);
  process.send?.({ ready: server.addresses });
} catch (error) {
  process.stderr.write(`Courseyard cannot start: ${whyNotStarted(error, config)}\n`);
  if (config.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
