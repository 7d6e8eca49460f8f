import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { converterEnvironment } from '../config.ts';
import type { Work } from '../jobs/index.ts';
import { lacking, type Reason } from './contract.ts';
import { type Made, NotConvertible, type Task } from './convert/conversion.ts';
import type { Progress, Reply } from './convert/converter.ts';
import type { Limits } from './recipes.ts';

const program = fileURLToPath(new URL('./convert/converter.js', import.meta.url));
/** A converter that has nothing to do for this long ends. */
const idleTime = 60_000;
/** After so many files a converter is replaced, so that what its libraries leak does not add up. */
const longestService = 1000;
const watchEvery = 500;
const pageSize = 4096;
/** Files that are to be seen come one after the other: so soon after one, in milliseconds, there may be another. */
const lull = 300;
/** How long what is patient lets them pass at most, in milliseconds. */
const longestYield = 10_000;
/** How many of them are made at a time; of what is patient, one. */
export const atATime = 2;

/** Which tasks a converter is for. */
interface Kind {
  /** Media are read by a loopback address; everything else needs no network and, where the system can, has none. */
  hasNetwork: boolean;
  /** It only works while nothing else wants the processor. */
  isPatient: boolean;
}

interface Converter extends Kind {
  process: ChildProcess;
  /** Its folder for temporary files, which ends with it. */
  home: string;
  served: number;
  idle?: NodeJS.Timeout;
}

/** Processes that convert files: kept warm, and killed when they take too long or too much memory. */
export class Converters {
  readonly #free: Converter[] = [];
  readonly #urgent = new Urgent(atATime);
  readonly #patient = new Seats(1);

  /**
   * Runs a task within limits, and until its work is cancelled.
   * @throws NotConvertible for faults of the file, and when a limit is reached; an Error when the converter crashed
   */
  async run(task: Task, limits: Pick<Limits, 'time' | 'memory'>, work: Partial<Work> = {}): Promise<Made> {
    const kind = kindFor(task);
    const convert = () => this.#convert(kind, task, limits, work);
    // Films have a queue of their own: what takes hours holds no seat that others wait for.
    if (kind.isPatient && task.recipe !== 'encoded')
      return this.#patient.during(async () => {
        await this.#urgent.lulls(work.signal);
        return convert();
      });
    return task.recipe === 'thumbnails' ? this.#urgent.during(convert) : convert();
  }

  async #convert(
    kind: Kind,
    task: Task,
    limits: Pick<Limits, 'time' | 'memory'>,
    work: Partial<Work>,
  ): Promise<Made> {
    if (work.signal?.aborted) throw new NotConvertible('cancelled');
    const waiting = this.#free.findLastIndex(
      ({ hasNetwork, isPatient }) => hasNetwork === kind.hasNetwork && isPatient === kind.isPatient,
    );
    const [converter = start(kind)] = waiting < 0 ? [] : this.#free.splice(waiting, 1);
    clearTimeout(converter.idle);
    converter.served++;
    const reply = await ask(converter.process, task, limits, work);
    // What is missing is looked for once by each converter: the next one sees whether it was installed.
    const isFit = 'made' in reply || ('refused' in reply && !lacking.includes(reply.refused));
    if (isFit && converter.served < longestService) this.#keep(converter);
    else end(converter);
    if ('crashed' in reply) throw new Error(reply.crashed);
    if ('stopped' in reply) throw new NotConvertible(reply.stopped);
    if ('refused' in reply) throw new NotConvertible(reply.refused, reply.about);
    return reply.made;
  }

  /** Ends all that have nothing to do. */
  stop(): void {
    this.#urgent.stop();
    for (const converter of this.#free.splice(0)) {
      clearTimeout(converter.idle);
      end(converter);
    }
  }

  #keep(converter: Converter): void {
    this.#free.push(converter);
    converter.idle = setTimeout(() => {
      this.#free.splice(this.#free.indexOf(converter), 1);
      end(converter);
    }, idleTime);
    converter.idle.unref();
    converter.process.unref();
    converter.process.channel?.unref();
  }
}

/** So many at a time: a job that is about to end lets the next one get ready, which then waits here for its turn. */
class Seats {
  readonly #count: number;
  readonly #waiting: (() => void)[] = [];
  #asked = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Whether there are any who have a seat or wait for one. */
  get areAsked(): boolean {
    return this.#asked > 0;
  }

  async during<T>(run: () => Promise<T>): Promise<T> {
    if (this.#asked++ >= this.#count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await run();
    } finally {
      this.#asked--;
      this.#waiting.shift()?.();
    }
  }
}

/** What somebody waits to see, so that what nobody waits for can let it pass. */
class Urgent extends Seats {
  readonly #end = new AbortController();
  #lastEnd = Number.NEGATIVE_INFINITY;

  override during<T>(run: () => Promise<T>): Promise<T> {
    return super.during(run).finally(() => {
      this.#lastEnd = performance.now();
    });
  }

  /**
   * Resolves once there has been none for a moment, or after a while.
   * @throws AbortError once it is stopped; NotConvertible once who waits is cancelled
   */
  async lulls(cancelled?: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([this.#end.signal, ...(cancelled ? [cancelled] : [])]);
    const end = performance.now() + longestYield;
    while (performance.now() < end && (this.areAsked || performance.now() - this.#lastEnd < lull))
      await pause(lull / 3, undefined, { signal }).catch((error: unknown) => {
        throw cancelled?.aborted ? new NotConvertible('cancelled') : error;
      });
  }

  stop(): void {
    this.#end.abort();
  }
}

/** What a converter answered, or why it was stopped before. */
type Outcome = Reply | { stopped: Reason };

const kindFor = ({ source, recipe }: Task): Kind => ({
  hasNetwork: /^https?:/.test(source),
  isPatient: recipe === 'avif' || recipe === 'stream' || recipe === 'encoded',
});

let canIsolate: boolean | undefined;

/** Whether a process can be given a network of its own with nothing in it (Linux with user namespaces). */
export function isolates(): boolean {
  canIsolate ??= process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0;
  return canIsolate;
}

/** In a process group of its own, so that ffmpeg ends with it; without our settings, which hold secrets. */
function start({ hasNetwork, isPatient }: Kind): Converter {
  const home = mkdtempSync(join(tmpdir(), 'courseyard-converter-'));
  const options = ['--max-old-space-size=1024'];
  const child = fork(program, {
    detached: process.platform !== 'win32',
    ...(hasNetwork || !isolates()
      ? { execArgv: options }
      : { execPath: 'unshare', execArgv: ['-rn', process.execPath, ...options] }),
    env: { ...converterEnvironment(), TMPDIR: home },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  if (isPatient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  return { process: child, home, served: 0, hasNetwork, isPatient };
}

function ask(
  child: ChildProcess,
  task: Task,
  { time, memory }: Pick<Limits, 'time' | 'memory'>,
  { tell, signal }: Partial<Work>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (reply: Outcome) => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener('abort', cancel);
      child.removeAllListeners();
      resolve(reply);
    };
    const stop = (reason: Reason) => {
      kill(child);
      settle({ stopped: reason });
    };
    const cancel = () => stop('cancelled');
    signal?.addEventListener('abort', cancel);
    const deadline = setTimeout(() => stop('took-too-long'), time);
    const watch = setInterval(async () => {
      if ((await residentMemory(child.pid)) > memory) stop('took-too-much-memory');
    }, watchEvery);
    child.on('message', (said: Reply | Progress) =>
      'progress' in said ? tell?.(said.progress) : settle(said),
    );
    child.once('error', (error) => settle({ crashed: error.message }));
    child.once('exit', (code, signal) => settle({ crashed: `The converter ended with ${signal ?? code}` }));
    child.send(task, (error) => error && settle({ crashed: error.message }));
  });
}

/** Bytes that a process and those that it started hold, where the system tells (Linux); 0 elsewhere. */
async function residentMemory(pid: number | string | undefined): Promise<number> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''); // it has ended
  const [statm, children] = await Promise.all([read('statm'), read(`task/${pid}/children`)]);
  const started = await Promise.all(children.split(' ').filter(Boolean).map(residentMemory));
  return started.reduce((sum, bytes) => sum + bytes, Number(statm.split(' ')[1] ?? 0) * pageSize);
}

function end({ process, home }: Converter): void {
  kill(process);
  // What stays when this fails lies where the system keeps, and forgets, temporary files.
  rm(home, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // its group is gone already
  }
}
