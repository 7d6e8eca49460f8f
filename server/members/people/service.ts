import { Types } from 'mongoose';
import {
  assertCan,
  findFor,
  type GroupRole,
  type Member,
  notFound,
  type OrganisationRole,
} from '../../access/index.ts';
import { assertRevision, pageFrom } from '../../http/index.ts';
import { cancelLinks, type Link, makeLinks } from '../invitations/links.ts';
import { SessionModel } from '../me/model.ts';
import { afterName, typedFilter } from '../naming.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { memberSuspended } from '../problems.ts';
import { keepingAGroupAdmin } from './group-admins.ts';
import { AccountModel, MembershipModel, type PersonDocument, PersonModel } from './model.ts';
import { groupRolesIn, organisationRolesIn, rolesAsText } from './roles.ts';
import { assertOthersRemain, type MemberChange } from './rules.ts';

/** A person with what stands elsewhere about them. */
export interface FoundMember {
  person: PersonDocument;
  organisation: string;
  roles: OrganisationRole[];
  groupRoles: GroupRole[];
  hasPassword: boolean;
}

/** A member as the access table sees one. */
export const asSubject = ({ person, organisation, groupRoles }: FoundMember) => ({
  id: person.id,
  organisation,
  groupRoles,
});

interface Wanted {
  limit: number;
  cursor?: string | undefined;
  /** What somebody types: part of a name, its pinyin or initials, or of an e-mail address. */
  q?: string | undefined;
}

/** Members of an organisation by name. @throws notFound, forbidden, badCursor */
export async function listMembers(member: Member, organisation: string, { limit, cursor, q }: Wanted) {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  const ids = await MembershipModel.distinct('userId', { organizationId: organisation });
  const people = await PersonModel.find({
    $and: [{ _id: { $in: ids } }, typedFilter(q), afterName(cursor)],
  })
    .sort({ sortName: 1, _id: 1 })
    .limit(limit + 1);
  const { items, ...page } = pageFrom(people, limit, (last) => [last.sortName, last.id]);
  return { items: await complete(items, organisation), ...page };
}

/** All members of an organisation, for a table. @throws notFound, forbidden */
export async function allMembers(member: Member, organisation: string): Promise<FoundMember[]> {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  const ids = await MembershipModel.distinct('userId', { organizationId: organisation });
  const people = await PersonModel.find({ _id: { $in: ids } }).sort({ sortName: 1, _id: 1 });
  return complete(people, organisation);
}

async function complete(people: PersonDocument[], organisation: string): Promise<FoundMember[]> {
  const ids = people.map(({ _id }) => _id);
  const [memberships, accounts] = await Promise.all([
    MembershipModel.find({ userId: { $in: ids } }, 'userId roles').lean(),
    AccountModel.find({ userId: { $in: ids } }, 'userId').lean(),
  ]);
  const rolesOf = new Map(memberships.map(({ userId, roles }) => [String(userId), roles]));
  const withPassword = new Set(accounts.map(({ userId }) => String(userId)));
  return people.map((person) => ({
    person,
    organisation,
    roles: organisationRolesIn(rolesOf.get(person.id)),
    groupRoles: groupRolesIn(person.groupRoles),
    hasPassword: withPassword.has(person.id),
  }));
}

/** A member of this organisation. @throws notFound, forbidden */
async function findMember(member: Member, organisation: string, id: string): Promise<FoundMember> {
  await findFor(member, 'edit', 'organisation', OrganisationModel, organisation);
  const person = await PersonModel.findById(id);
  if (!person || !(await MembershipModel.exists({ userId: id, organizationId: organisation })))
    throw notFound({});
  const [found] = await complete([person], organisation);
  if (!found) throw notFound({});
  return found;
}

/**
 * Gives and takes roles, suspends and reinstates. Who is suspended has no session left; their tokens rest.
 * @throws notFound, forbidden, changedMeanwhile, lastGroupAdmin, lastOrganisationAdmin
 */
export async function editMember(
  member: Member,
  organisation: string,
  id: string,
  change: MemberChange,
  ifMatch?: number,
): Promise<FoundMember> {
  const { roles, groupRoles, suspended } = change;
  const found = await findMember(member, organisation, id);
  const { person } = found;
  if (roles) assertCan(member, 'appoint', 'person', asSubject(found));
  if (groupRoles) assertCan(member, 'entrust', 'person', asSubject(found));
  if (suspended !== undefined) assertCan(member, 'suspend', 'person', asSubject(found));
  assertRevision(person, ifMatch);
  const isGroupAdmin = found.groupRoles.includes('group-admin');
  // Who administers the group administers this organisation, whatever their role in it.
  if (id === member.id && !isGroupAdmin)
    assertOthersRemain(id, change, await ableAdministrators(organisation));
  const before = { groupRoles: person.groupRoles, suspended: person.suspended };
  if (groupRoles) person.groupRoles = rolesAsText(groupRoles);
  if (suspended !== undefined) person.suspended = suspended;
  // Roles in the organisation stand elsewhere, but raise the same revision.
  if (roles) person.increment();
  const staysInCharge = groupRoles?.includes('group-admin') ?? true;
  if (isGroupAdmin && (suspended || !staysInCharge))
    await keepingAGroupAdmin(
      { person: person._id },
      () => person.save(),
      () => PersonModel.updateOne({ _id: id }, { $set: before }),
    );
  else await person.save();
  if (roles) await MembershipModel.updateOne({ userId: id }, { $set: { roles: rolesAsText(roles) } });
  if (suspended) await SessionModel.deleteMany({ userId: id });
  // A link made before somebody rose to the group would let its maker act as them.
  if (suspended || groupRoles) await cancelLinks(new Types.ObjectId(organisation), [person.email]);
  return { ...found, roles: roles ?? found.roles, groupRoles: groupRolesIn(person.groupRoles) };
}

/** The administrators of an organisation who can sign in. */
async function ableAdministrators(organisation: string): Promise<string[]> {
  const among = await MembershipModel.distinct('userId', {
    organizationId: organisation,
    roles: /organisation-admin/,
  });
  const active = await PersonModel.find({ _id: { $in: among }, suspended: false }, '_id').lean();
  const able = await AccountModel.distinct('userId', { userId: { $in: active.map(({ _id }) => _id) } });
  return able.map(String);
}

/**
 * A new link with which a member chooses a password; an earlier one no longer works.
 * @throws notFound, forbidden, memberSuspended
 */
export async function renewLink(member: Member, organisation: string, id: string, now: Date): Promise<Link> {
  const found = await findMember(member, organisation, id);
  assertCan(member, 'appoint', 'person', asSubject(found));
  if (found.person.suspended) throw memberSuspended({});
  const wanted = {
    email: found.person.email,
    roles: rolesAsText(found.roles),
    person: found.person._id,
    inviter: member.id,
  };
  const [made] = await makeLinks(
    new Types.ObjectId(organisation),
    [wanted],
    found.hasPassword ? 'password' : 'join',
    now,
  );
  if (!made) throw new Error('One link was asked for and none was made');
  return made.link;
}
