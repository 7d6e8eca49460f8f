import type { Member } from '../access/index.ts';
import { type Derivative, DerivativeModel } from './model.ts';
import { mayMend } from './recipes.ts';
import { ENCODE, idOf, keyOf, type Queue, type Wanted, wantAnew } from './want.ts';

/**
 * Films whose picture browsers do not play. Encoding one takes a core for as long as half of it, and its copy room; of
 * many nobody ever looks. So it is done once somebody wants to see it, and then it is there for all.
 */

const recipes = ['encoded' as const];

/** Whether a copy of a film that browsers do not play can be asked for, or is on its way; undefined when it is neither. */
export function encodingOf(made: readonly Derivative[]): 'possible' | 'waiting' | undefined {
  const find = (wanted: string) => made.find(({ recipe }) => recipe === wanted);
  const [encoded, media] = [find('encoded'), find('media')?.facts.media];
  if (encoded?.state === 'waiting') return 'waiting';
  const isStrange = media?.videoCodec !== undefined && media.isPlayable === false;
  const hasCopy = made.some(({ outputs }) => outputs.some(({ name }) => name === 'playable'));
  if (!isStrange || hasCopy || find('playable')?.state === 'waiting') return undefined;
  const { reason = 'cancelled' } = encoded ?? {};
  return reason === 'cancelled' || mayMend(reason) ? 'possible' : undefined;
}

/** Whether a copy that is on its way was asked for by this member. */
export const hasAsked = (member: Member, made: readonly Derivative[]): boolean =>
  made.some(({ recipe, askedBy }) => recipe === 'encoded' && askedBy === member.id);

/** Asks for a copy of a film on behalf of a member who can read it. Resolves once that is durable. */
export async function askForEncoding(
  platform: Queue,
  member: Member,
  { sha256, mediaType }: Wanted,
): Promise<void> {
  const { organisation } = member;
  await wantAnew(platform, [{ sha256, mediaType, recipes, ...(organisation && { organisation }) }]);
  await DerivativeModel.updateOne({ _id: idOf(sha256, 'encoded') }, { $set: { askedBy: member.id } });
}

/** Stops it: at once while it waits, within a second or two when it has begun. */
export async function stopEncoding({ jobs, clock }: Queue, sha256: string): Promise<void> {
  const became = await jobs.cancel(ENCODE, keyOf({ sha256, recipes }), clock());
  if (became === 'stopping') return; // the job tells how it ended
  await DerivativeModel.updateOne(
    { _id: idOf(sha256, 'encoded'), state: 'waiting' },
    {
      $set: { state: 'failed', reason: 'cancelled', changedAt: clock() },
      $unset: { askedBy: 1, progress: 1 },
    },
  );
}
