import { noteAttempt } from '../attempts/index.ts';
import {
  RegistrationModel,
  StatementModel,
  type StoredRegistration,
  type StoredSession,
  type StoredStatement,
} from './model.ts';
import { cmiOf } from './satisfaction.ts';

/** The registration in which a member learns now; null before the first launch. */
export async function currentRegistration(
  member: string,
  resource: string,
  blob: string,
): Promise<StoredRegistration | null> {
  return RegistrationModel.findOne({ member, resource, blob }).sort({ turn: -1 }).lean();
}

/** What may change of a registration when statements are recorded. */
export type Progress = Partial<Pick<StoredRegistration, 'standings' | 'satisfied' | 'session' | 'expiresAt'>>;

/**
 * Changes a registration and records statements with it, all in one write of the one document.
 * @returns false when somebody else changed it meanwhile; nothing is stored then
 */
export async function record(
  before: StoredRegistration,
  progress: Progress,
  made: readonly StoredStatement[],
): Promise<boolean> {
  await settle(before);
  const { modifiedCount } = await RegistrationModel.updateOne(
    { _id: before._id, revision: before.revision },
    {
      $set: { ...progress, ...(made.length > 0 && { latest: made }) },
      $inc: { revision: 1, statements: made.length },
    },
  );
  if (modifiedCount !== 1) return false;
  await settle({ latest: [...made] });
  return true;
}

/** Copies the statements that travel in a registration to their collection; once is enough, however often it is asked. */
export async function settle({ latest }: Pick<StoredRegistration, 'latest'>): Promise<void> {
  if (latest.length === 0) return;
  await StatementModel.bulkWrite(
    latest.map((one) => ({
      updateOne: {
        filter: { registration: one.registration, statement: one.statement },
        update: { $setOnInsert: one },
        upsert: true,
      },
    })),
  );
}

/** Keeps the standing of a session's unit among the attempts, where that of other packages stands; of a visitor nothing. */
export async function noteStanding(
  { member, resource, blob, expiresAt }: StoredRegistration,
  standings: StoredRegistration['standings'],
  { id: opening, unit, isTrial = false }: Pick<StoredSession, 'id' | 'unit' | 'isTrial'>,
  at: Date,
): Promise<void> {
  const standing = standings.find((one) => one.unit === unit);
  if (!standing || expiresAt !== null) return;
  const told = { cmi: cmiOf(standing), at, opening, isTrial };
  await noteAttempt({ member, resource, blob, item: unit }, told);
}
