import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { type Config, readConfig } from '../../server/config.ts';
import { type Engines, openEngines } from '../../server/engines.ts';
import { instanceFile } from '../../server/operator/index.ts';
import { startServer } from '../../server/start.ts';
import { CannotOpen } from '../../storage/documents/embedded/store/file.ts';

const Instance = z.object({ address: z.string(), token: z.string() });

/** An instance to work on: where it answers, and the token that lets the operator in. */
export type Instance = z.infer<typeof Instance>;

/** Milliseconds; an instance that has just been started holds the data before it answers. */
const longestStart = 15_000;

/**
 * Works on the instance that runs on DATA_DIR or is about to, or on one that is started for this alone and stopped
 * afterwards.
 * @throws when the data cannot be opened, with the sentence that `npm start` says
 */
export async function withInstance<Result>(
  work: (instance: Instance, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const quiet = {
    PORT: 0,
    CONTENT_PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'fatal',
    RATE_LIMITS: false,
  } as const;
  const own = { ...config, ...quiet, WORKERS: true };
  const end = performance.now() + longestStart;
  for (;;) {
    const running = await runningInstance(config.DATA_DIR);
    if (running) return work(running, config);
    const engines = await openEngines(own).catch((error: unknown) => {
      if (error instanceof CannotOpen && error.isInUse && performance.now() < end) return undefined;
      throw error;
    });
    if (engines) return withOwnInstance(own, engines, (instance) => work(instance, config));
    await setTimeout(200);
  }
}

async function withOwnInstance<Result>(
  config: Config,
  engines: Engines,
  work: (instance: Instance) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(config, engines);
  try {
    const started = await runningInstance(config.DATA_DIR);
    if (!started) throw new Error('The instance was started but does not answer');
    return await work(started);
  } finally {
    await server.stop();
  }
}

/** The instance that the file tells of, when it answers: the file of one that was killed stays behind. */
export async function runningInstance(dataDir: string): Promise<Instance | undefined> {
  try {
    const instance = Instance.parse(JSON.parse(await readFile(instanceFile(dataDir), 'utf8')));
    const { ok } = await fetch(`${instance.address}/healthz`);
    return ok ? instance : undefined;
  } catch {
    return undefined; // no file, or nobody at its address: none is running
  }
}
