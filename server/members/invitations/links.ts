import { createHash, randomBytes } from 'node:crypto';
import { isValidObjectId, Types } from 'mongoose';
import { InvitationModel, type StoredInvitation } from './model.ts';

const day = 24 * 60 * 60_000;
/** Long enough for a holiday week when somebody is to join, short when a password was forgotten. */
const lasts = { join: 14 * day, password: 3 * day } as const;

export interface Link {
  path: string;
  expiresAt: Date;
}

/** What is kept of the text in a link. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

interface For {
  organisation: Types.ObjectId;
  email: string;
  roles: string;
  /** The member who is to choose a password; nobody yet when they are to join. */
  person: Types.ObjectId | null;
  inviter: string;
}

/**
 * Makes a link for each of these; links that the same addresses had before no longer work. A link is told here and
 * never again.
 */
export async function makeLinks(
  wanted: readonly For[],
  lasting: keyof typeof lasts,
  now: Date,
): Promise<{ link: Link; stored: StoredInvitation & { _id: Types.ObjectId } }[]> {
  const expiresAt = new Date(now.getTime() + lasts[lasting]);
  await cancelLinks(wanted.map(({ email }) => email));
  const tokens = wanted.map(() => randomBytes(32).toString('base64url'));
  const stored = await InvitationModel.insertMany(
    wanted.map(({ organisation, inviter, ...one }, i) => ({
      ...one,
      organizationId: organisation,
      inviterId: isValidObjectId(inviter) ? new Types.ObjectId(inviter) : null,
      digest: digestOf(tokens[i] ?? ''),
      expiresAt,
    })),
  );
  return stored.map((one, i) => ({ stored: one, link: { path: `/invitations/${tokens[i]}`, expiresAt } }));
}

/** Ends the links that these addresses have. */
export async function cancelLinks(emails: readonly string[]): Promise<void> {
  await InvitationModel.updateMany(
    { email: { $in: [...emails] }, status: 'pending' },
    { $set: { status: 'canceled' } },
  );
}
