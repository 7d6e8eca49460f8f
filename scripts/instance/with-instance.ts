import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Config, readConfig } from '../../server/config.ts';
import { openEngines } from '../../server/engines.ts';
import { instanceFile } from '../../server/operator/index.ts';
import { startServer } from '../../server/start.ts';

const Instance = z.object({ address: z.string(), token: z.string() });

/** An instance to work on: where it answers, and the token that lets the operator in. */
export type Instance = z.infer<typeof Instance>;

/**
 * Works on the instance that runs on DATA_DIR, or on one that is started for this alone and stopped afterwards.
 * @throws when the data cannot be opened, with the sentence that `npm start` says
 */
export async function withInstance<Result>(
  work: (instance: Instance, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const running = await runningInstance(config.DATA_DIR);
  if (running) return work(running, config);
  const quiet = {
    PORT: 0,
    CONTENT_PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'fatal',
    RATE_LIMITS: false,
  } as const;
  const own = { ...config, ...quiet, WORKERS: true };
  const server = await startServer(own, await openEngines(own));
  try {
    const started = await runningInstance(config.DATA_DIR);
    if (!started) throw new Error('The instance was started but does not answer');
    return await work(started, config);
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
