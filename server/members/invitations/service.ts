import { hashPassword } from 'better-auth/crypto';
import type { Types } from 'mongoose';
import { findFor, type Member, notFound, type OrganisationRole } from '../../access/index.ts';
import { Id } from '../../http/contract.ts';
import { badCursor, fromCursor, pageFrom } from '../../http/index.ts';
import { SessionModel } from '../me/model.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { assertPassword } from '../password.ts';
import { insertPeople, namesOf, setPassword } from '../people/add.ts';
import { PersonModel } from '../people/model.ts';
import { organisationRolesIn, rolesAsText } from '../people/roles.ts';
import { emailTaken, invitationOver, memberSuspended } from '../problems.ts';
import { digestOf, makeLinks } from './links.ts';
import { type InvitationDocument, InvitationModel } from './model.ts';

/** Invitations to join that are still open, the newest first. @throws notFound, forbidden, badCursor */
export async function listInvitations(
  member: Member,
  organisation: string,
  { limit, cursor, now }: { limit: number; cursor?: string | undefined; now: Date },
) {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  const last = cursor === undefined ? undefined : String(fromCursor(cursor, 1)[0]);
  if (last !== undefined && !Id.safeParse(last).success) throw badCursor({});
  const found = await InvitationModel.find({
    organizationId: organisation,
    status: 'pending',
    person: null,
    expiresAt: { $gt: now },
    ...(last !== undefined && { _id: { $lt: last } }),
  })
    .sort({ _id: -1 })
    .limit(limit + 1);
  return pageFrom(found, limit, ({ id }) => [id]);
}

/** Invites somebody who is no member yet. @throws notFound, forbidden, emailTaken */
export async function invite(
  member: Member,
  organisationId: string,
  { email, roles, now }: { email: string; roles: OrganisationRole[]; now: Date },
) {
  const organisation = await findFor(member, 'edit', 'organisation', OrganisationModel, organisationId);
  if (await PersonModel.exists({ email })) throw emailTaken({ email });
  const wanted = {
    email,
    roles: rolesAsText(roles),
    person: null,
    inviter: member.id,
  };
  const [made] = await makeLinks(organisation._id, [wanted], 'join', now);
  if (!made) throw new Error('One link was asked for and none was made');
  return made;
}

/** @throws notFound, forbidden */
export async function cancelInvitation(member: Member, organisation: string, id: string): Promise<void> {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  const { matchedCount } = await InvitationModel.updateOne(
    { _id: id, organizationId: organisation, status: 'pending', person: null },
    { $set: { status: 'canceled' } },
  );
  if (matchedCount === 0) throw notFound({});
}

/** The open invitation behind a link. @throws invitationOver, also when the link is not whole */
export async function openInvitation(token: string, now: Date): Promise<InvitationDocument> {
  const invitation = await InvitationModel.findOne({ digest: digestOf(token) });
  if (invitation?.status !== 'pending' || invitation.expiresAt <= now) throw invitationOver({});
  return invitation;
}

/**
 * Uses a link: somebody joins, or a member chooses a password and is signed out everywhere else.
 * @throws invitationOver, weakPassword, emailTaken, memberSuspended
 */
export async function acceptInvitation(
  token: string,
  { name, password, now }: { name: string; password: string; now: Date },
): Promise<{ email: string }> {
  const { id, email } = await openInvitation(token, now);
  assertPassword(password, { email, name });
  const digest = await hashPassword(password);
  // Of two who use one link at once, one finds it pending.
  const invitation = await InvitationModel.findOneAndUpdate(
    { _id: id, status: 'pending' },
    { $set: { status: 'accepted' } },
  );
  if (!invitation) throw invitationOver({});
  try {
    if (await OrganisationModel.exists({ _id: invitation.organizationId, suspended: true }))
      throw memberSuspended({});
    if (invitation.person) await choosePassword(invitation.person, { name, digest });
    else {
      const roles = organisationRolesIn(invitation.roles);
      await insertPeople(invitation.organizationId, [{ name, email, roles }], [digest]);
    }
  } catch (error) {
    await InvitationModel.updateOne({ _id: id }, { $set: { status: 'pending' } });
    throw error;
  }
  return { email };
}

async function choosePassword(
  id: Types.ObjectId,
  { name, digest }: { name: string; digest: string },
): Promise<void> {
  const person = await PersonModel.findById(id);
  if (!person) throw invitationOver({});
  if (person.suspended) throw memberSuspended({});
  await setPassword(id, digest);
  person.set({ name, ...namesOf(name, person.email) });
  await person.save();
  await SessionModel.deleteMany({ userId: id });
}
