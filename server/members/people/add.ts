import { hashPassword } from 'better-auth/crypto';
import mongoose, { type Types } from 'mongoose';
import {
  assertCan,
  findFor,
  type GroupRole,
  type Member,
  type OrganisationRole,
} from '../../access/index.ts';
import { isDuplicate } from '../duplicate.ts';
import { type Link, makeLinks } from '../invitations/links.ts';
import { keywordsOf, sortNameOf } from '../naming.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { emailTaken } from '../problems.ts';
import { AccountModel, MembershipModel, type PersonDocument, PersonModel } from './model.ts';
import { rolesAsText } from './roles.ts';

export interface NewMember {
  name: string;
  /** In small letters. */
  email: string;
  roles: readonly OrganisationRole[];
  groupRoles?: readonly GroupRole[];
  majors?: readonly string[];
  /** Without it they choose one by their link. */
  password?: string;
}

export interface AddedMember {
  person: PersonDocument;
  /** For those who have no password yet. */
  link?: Link;
}

/**
 * Adds people to an organisation: all of them or, when one address is taken, none.
 * @throws notFound, forbidden, emailTaken
 */
export async function addMembers(
  member: Member,
  organisationId: string,
  people: readonly NewMember[],
  now: Date,
): Promise<AddedMember[]> {
  const organisation = await findFor(member, 'edit', 'organisation', OrganisationModel, organisationId);
  assertCan(member, 'import', 'person', { organisation: organisationId });
  if (people.some(({ groupRoles = [] }) => groupRoles.length > 0))
    assertCan(member, 'entrust', 'person', { organisation: organisationId });
  const digests = await digestsOf(people);
  const added = await insertPeople(organisation._id, people, digests);
  const invited = added.filter((_, i) => digests[i] === undefined);
  const roles = new Map(people.map((person) => [person.email, rolesAsText(person.roles)]));
  const links = await makeLinks(
    organisation._id,
    invited.map(({ _id, email }) => ({
      email,
      roles: roles.get(email) ?? '',
      person: _id,
      inviter: member.id,
    })),
    'join',
    now,
  );
  const linkOf = new Map(invited.map((person, i) => [person.id, links[i]?.link]));
  return added.map((person) => ({ person, link: linkOf.get(person.id) }));
}

/**
 * Stores people: all or none. Their membership and password come first and mean nothing without the person, so that a
 * process which ends in between leaves nobody half added, and no address taken.
 * @throws emailTaken
 */
export async function insertPeople(
  organisation: Types.ObjectId,
  people: readonly NewMember[],
  digests: readonly (string | undefined)[],
): Promise<PersonDocument[]> {
  const emails = people.map(({ email }) => email);
  const known = await PersonModel.findOne({ email: { $in: emails } }, 'email').lean();
  if (known) throw emailTaken({ email: known.email });
  const ids = people.map(() => new mongoose.Types.ObjectId());
  const all = people.map((person, i) => ({ ...person, id: ids[i], digest: digests[i] }));
  try {
    await MembershipModel.insertMany(
      all.map(({ id, roles }) => ({ organizationId: organisation, userId: id, roles: rolesAsText(roles) })),
    );
    await AccountModel.insertMany(
      all
        .filter(({ digest }) => digest !== undefined)
        .map(({ id, digest }) => ({
          userId: id,
          providerId: 'credential',
          accountId: String(id),
          password: digest,
        })),
    );
    return await PersonModel.insertMany(
      all.map(({ id, name, email, groupRoles = [], majors = [] }) => ({
        _id: id,
        name,
        email,
        groupRoles: rolesAsText(groupRoles),
        majors: [...majors],
        ...namesOf(name, email),
      })),
    );
  } catch (error) {
    await PersonModel.deleteMany({ _id: { $in: ids } });
    await AccountModel.deleteMany({ userId: { $in: ids } });
    await MembershipModel.deleteMany({ userId: { $in: ids } });
    if (isDuplicate(error)) throw emailTaken({ email: emails.join(', ') });
    throw error;
  }
}

/** What sorts and finds a person. */
export const namesOf = (name: string, email: string) => ({
  sortName: sortNameOf(name),
  keywords: keywordsOf(name, email),
});

/** Gives somebody a password by its digest (`hashPassword` of better-auth), in place of the one they had. */
export async function setPassword(person: Types.ObjectId, digest: string): Promise<void> {
  await AccountModel.updateOne(
    { userId: person, providerId: 'credential' },
    { $set: { password: digest }, $setOnInsert: { accountId: String(person) } },
    { upsert: true },
  );
}

/** Digests of passwords, four at a time: each takes 16 MiB and some tenths of a second. */
async function digestsOf(people: readonly NewMember[]): Promise<(string | undefined)[]> {
  const digests: (string | undefined)[] = [];
  for (let i = 0; i < people.length; i += 4) {
    const some = people.slice(i, i + 4);
    digests.push(...(await Promise.all(some.map(({ password }) => password && hashPassword(password)))));
  }
  return digests;
}
