import { randomUUID } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { HoldingModel, type Quota, QuotaModel } from './model.ts';
import { overQuota } from './problems.ts';

const day = 24 * 3600 * 1000;

/** Room that an organisation has asked for, for bytes on their way. */
export interface Reservation {
  id: string;
  organisation: string;
  bytes: number;
}

type Room = Pick<Quota, 'used' | 'reservations'>;

/** Bytes that count against the quota now. */
export function takenOf({ used, reservations }: Room, now: Date): number {
  return reservations.filter(({ until }) => until > now).reduce((sum, { bytes }) => sum + bytes, used);
}

/**
 * Changes an organisation's account and stores it unless somebody else did meanwhile; then it looks again, so that
 * of fifty that race for the last bytes exactly those win that fit.
 */
async function change(organisation: string, how: (quota: Room) => Room): Promise<void> {
  while (true) {
    const stored = await QuotaModel.findById(organisation).lean();
    if (!stored) {
      await QuotaModel.updateOne(
        { _id: organisation },
        { $setOnInsert: { used: 0, reservations: [], revision: 0 } },
        { upsert: true },
      ).catch(ignoreDuplicate);
      continue;
    }
    const { used, reservations } = how(stored);
    const { modifiedCount } = await QuotaModel.updateOne(
      { _id: organisation, revision: stored.revision },
      { $set: { used: Math.max(0, used), reservations }, $inc: { revision: 1 } },
    );
    if (modifiedCount === 1) return;
  }
}

function ignoreDuplicate(error: unknown): void {
  const isDuplicate = typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
  if (!isDuplicate) throw error;
}

/**
 * Asks room for bytes before they come. It is given back by `release`, by `settle`, or by itself when its time is over.
 * @throws overQuota
 */
export async function reserve(
  { config, clock }: Platform,
  organisation: string,
  bytes: number,
  lasts = day,
): Promise<Reservation> {
  const id = randomUUID();
  await change(organisation, (quota) => {
    const now = clock();
    const free = Math.max(0, config.ORGANISATION_QUOTA - takenOf(quota, now));
    if (bytes > free) throw overQuota({ free, needed: bytes });
    const until = new Date(now.getTime() + lasts);
    const alive = quota.reservations.filter((one) => one.until > now);
    return { ...quota, reservations: [...alive, { id, bytes, until }] };
  });
  return { id, organisation, bytes };
}

/** Gives room back that was not needed. May be repeated. */
export async function release(reservation: Pick<Reservation, 'id' | 'organisation'>): Promise<void> {
  await change(reservation.organisation, (quota) => ({
    ...quota,
    reservations: quota.reservations.filter(({ id }) => id !== reservation.id),
  }));
}

/** Counts blobs against the quota of an organisation, each once, however often it brings the same bytes. */
export async function charge(
  { clock }: Pick<Platform, 'clock'>,
  organisation: string,
  blobs: readonly { sha256: string; size: number }[],
): Promise<void> {
  const heldAt = clock();
  const writes = blobs.map(({ sha256: blob, size }) => ({
    updateOne: {
      filter: { _id: `${organisation}:${blob}` },
      update: { $set: { heldAt }, $setOnInsert: { organisation, blob, size } },
      upsert: true,
    },
  }));
  const { upsertedIds } = await HoldingModel.bulkWrite(writes);
  const isNew = (_: unknown, at: number) => upsertedIds[at] !== undefined;
  const more = blobs.filter(isNew).reduce((sum, { size }) => sum + size, 0);
  if (more === 0) return;
  // Nothing is to be decided, so nobody has to look again: many files come at the same time.
  await QuotaModel.updateOne(
    { _id: organisation },
    { $inc: { used: more, revision: 1 }, $setOnInsert: { reservations: [] } },
    { upsert: true },
  );
}

/** Counts a blob no longer, unless it was brought again since `before`. */
export async function discharge(organisation: string, blob: string, before: Date): Promise<boolean> {
  const gone = await HoldingModel.findOneAndDelete({
    _id: `${organisation}:${blob}`,
    heldAt: { $lt: before },
  }).lean();
  if (gone) await change(organisation, (quota) => ({ ...quota, used: quota.used - gone.size }));
  return gone !== null;
}

/** Adds up anew what an organisation holds, in case a crash fell between a blob and its account. */
export async function recount(organisation: string): Promise<void> {
  let used = 0;
  for await (const { size } of HoldingModel.find({ organisation }).select('size').lean().cursor())
    used += size;
  await change(organisation, (quota) => ({ ...quota, used }));
}

/** What an organisation stores, and what it may; in bytes. */
export async function storageOf(
  { config, clock }: Platform,
  organisation: string,
): Promise<{ used: number; reserved: number; quota: number }> {
  const stored = await QuotaModel.findById(organisation).lean();
  const used = stored?.used ?? 0;
  const taken = stored ? takenOf(stored, clock()) : 0;
  return { used, reserved: taken - used, quota: config.ORGANISATION_QUOTA };
}
