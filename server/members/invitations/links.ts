import { createHash, randomBytes } from 'node:crypto';
import { Types } from 'mongoose';
import { Id } from '../../http/contract.ts';
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
  organisation: Types.ObjectId,
  wanted: readonly For[],
  lasting: keyof typeof lasts,
  now: Date,
): Promise<{ link: Link; stored: StoredInvitation & { _id: Types.ObjectId } }[]> {
  const expiresAt = new Date(now.getTime() + lasts[lasting]);
  await cancelLinks(
    organisation,
    wanted.map(({ email }) => email),
  );
  const tokens = wanted.map(() => randomBytes(32).toString('base64url'));
  const stored = await InvitationModel.insertMany(
    wanted.map(({ inviter, ...one }, i) => ({
      ...one,
      organizationId: organisation,
      inviterId: Id.safeParse(inviter).success ? new Types.ObjectId(inviter) : null,
      digest: digestOf(tokens[i] ?? ''),
      expiresAt,
    })),
  );
  return stored.map((one, i) => ({ stored: one, link: { path: `/invitations/${tokens[i]}`, expiresAt } }));
}

/** Ends the links that these addresses have from this organisation. */
export async function cancelLinks(organisation: Types.ObjectId, emails: readonly string[]): Promise<void> {
  await InvitationModel.updateMany(
    { organizationId: organisation, email: { $in: [...emails] }, status: 'pending' },
    { $set: { status: 'canceled' } },
  );
}
