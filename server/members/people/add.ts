import { hashPassword } from 'better-auth/crypto';
import mongoose, { type ClientSession, type Types } from 'mongoose';
import {
  assertCan,
  findFor,
  type GroupRole,
  type Member,
  type OrganisationRole,
} from '../../access/index.ts';
import type { Language } from '../../http/index.ts';
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
  language?: Language;
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
  return mongoose.connection.transaction(async (session) => {
    const added = await insertPeople(organisation._id, people, digests, session);
    const invited = added.filter((_, i) => digests[i] === undefined);
    const links = await makeLinks(
      invited.map((person) => ({
        organisation: organisation._id,
        email: person.email,
        roles: rolesAsText(people.find(({ email }) => email === person.email)?.roles ?? []),
        person: person._id,
        inviter: member.id,
      })),
      'join',
      { now, session },
    );
    const linkOf = new Map(invited.map((person, i) => [person.id, links[i]?.link]));
    return added.map((person) => ({ person, link: linkOf.get(person.id) }));
  });
}

/** Stores people, their membership and, for those with a password, how they sign in. @throws emailTaken */
export async function insertPeople(
  organisation: Types.ObjectId,
  people: readonly NewMember[],
  digests: readonly (string | undefined)[],
  session: ClientSession,
): Promise<PersonDocument[]> {
  const emails = people.map(({ email }) => email);
  const known = await PersonModel.findOne({ email: { $in: emails } }, 'email', { session });
  if (known) throw emailTaken({ email: known.email });
  try {
    const added = await PersonModel.insertMany(
      people.map(({ name, email, groupRoles = [], language, majors = [] }) => ({
        name,
        email,
        groupRoles: rolesAsText(groupRoles),
        ...(language && { language }),
        majors: [...majors],
        ...namesOf(name, email),
      })),
      { session },
    );
    await MembershipModel.insertMany(
      added.map(({ _id }, i) => ({ organisation, person: _id, roles: rolesAsText(people[i]?.roles ?? []) })),
      { session },
    );
    for (const [i, { _id }] of added.entries()) await setPassword(_id, digests[i], session);
    return added;
  } catch (error) {
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
export async function setPassword(
  person: Types.ObjectId,
  digest: string | undefined,
  session: ClientSession,
): Promise<void> {
  if (digest === undefined) return;
  await AccountModel.updateOne(
    { person, providerId: 'credential' },
    { $set: { password: digest }, $setOnInsert: { accountId: String(person) } },
    { upsert: true, session },
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
