import { createHash, randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { isVisitor, type Member } from '../access/index.ts';
import { dayOf } from '../calendar.ts';
import type { Platform } from '../platform.ts';
import { organisationsOf } from '../resources/index.ts';
import type { UseKind } from './contract.ts';
import { type UsageEvent, UsageEventModel } from './model.ts';
import { counts, DOUBLE_CLICK, isRobot } from './rules.ts';

export interface Use {
  kind: UseKind;
  resource: string;
  version?: number | undefined;
  /** Path of the file, when it was one file of the resource. */
  file?: string | undefined;
}

/** Just enough of a request to tell visitors apart. */
export interface Origin {
  ip?: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Noted = Omit<UsageEvent, 'counted' | 'resourceOrganisation'>;

/** At most so many uses wait in memory; while the database does not answer, the oldest go first. */
const MOST_WAITING = 20_000;
const EVERY = 1_000;

/**
 * Notes uses while requests are answered and writes them in batches beside them. A request never waits for it and
 * never fails by it; a crash loses what was noted in the last second.
 */
export class UsageRecorder {
  readonly #platform: Pick<Platform, 'clock' | 'log'>;
  #waiting: Noted[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** Marks of visitors are made with it, so that no address can be found out from a mark. */
  readonly #salt = randomUUID();

  constructor(platform: Pick<Platform, 'clock' | 'log'>) {
    this.#platform = platform;
  }

  note(member: Member, { kind, resource, version, file }: Use, origin?: Origin): void {
    const at = this.#platform.clock();
    const userAgent = String(origin?.headers['user-agent'] ?? '');
    if (isVisitor(member) && origin && isRobot(userAgent)) return;
    const who = isVisitor(member) ? this.#mark(at, origin?.ip ?? '', userAgent) : member.id;
    this.#waiting.push({
      _id: new Types.ObjectId(),
      at,
      kind,
      resource,
      version: version ?? null,
      file: file ?? null,
      who,
      organisation: member.organisation,
      key: [who, kind, resource, file ?? ''].join('|'),
    });
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#timer ??= setTimeout(() => void this.flush(), EVERY).unref();
  }

  /** Writes what waits; resolves when everything noted before is stored, or was put back because that failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const batch = this.#waiting;
      this.#waiting = [];
      if (batch.length === 0) return;
      try {
        await write(batch);
      } catch (err) {
        this.#platform.log.warn({ err, uses: batch.length }, 'uses could not be stored; trying again');
        this.#waiting = [...batch, ...this.#waiting].slice(-MOST_WAITING);
        this.#timer ??= setTimeout(() => void this.flush(), 5 * EVERY).unref();
      }
    });
    return this.#writing;
  }

  #mark(at: Date, ip: string, userAgent: string): string {
    const mark = createHash('sha256')
      .update([this.#salt, dayOf(at), ip, userAgent].join('\n'))
      .digest('hex');
    return `visitor:${mark.slice(0, 24)}`;
  }
}

/** Stores a batch, and decides of each use whether it counts: other processes may have seen the click before. */
async function write(batch: readonly Noted[]): Promise<void> {
  const organisations = await organisationsOf(batch.map(({ resource }) => resource));
  const first = batch[0]?.at ?? new Date();
  const before = await UsageEventModel.find(
    {
      key: { $in: [...new Set(batch.map(({ key }) => key))] },
      at: { $gte: new Date(first.getTime() - DOUBLE_CLICK) },
    },
    { key: 1, at: 1 },
  )
    .sort({ at: 1 })
    .lean();
  const last = new Map(before.map(({ key, at }) => [key, at]));
  const events: UsageEvent[] = [];
  for (const noted of batch) {
    const resourceOrganisation = organisations.get(noted.resource);
    if (resourceOrganisation === undefined) continue; // discarded meanwhile
    events.push({ ...noted, resourceOrganisation, counted: counts(noted.at, last.get(noted.key)) });
    last.set(noted.key, noted.at);
  }
  // A batch that is tried again may have been stored in part: what is there already is no fault.
  await UsageEventModel.bulkWrite(
    events.map(({ _id, ...event }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: event }, upsert: true },
    })),
    { ordered: false },
  );
}
