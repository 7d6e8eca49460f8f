import type { Request } from 'express';
import { actions, assertCan, canSome, type Member, notFound, subjects } from '../../access/index.ts';
import { assertRevision, type Language } from '../../http/index.ts';
import { type Auth, authHeaders } from '../auth.ts';
import { forgetLabels, groupName, organisations } from '../directory.ts';
import { namesOf } from '../people/add.ts';
import { PersonModel } from '../people/model.ts';
import { tooManyTokens } from '../problems.ts';
import { signInMethodNames } from '../sign-in/methods.ts';
import { sessionOf } from '../sign-in/service.ts';
import { SessionModel, TokenModel } from './model.ts';

const mostTokens = 50;
const day = 24 * 60 * 60;

/** Who asks, and all that menus need to know; also for a visitor. */
export async function describe(member: Member) {
  const [person, organisation, name] = await Promise.all([
    member.id ? PersonModel.findById(member.id) : null,
    organisations([member.organisation]).then((found) => found.get(member.organisation) ?? null),
    groupName(),
  ]);
  return {
    member: person && {
      id: person.id,
      name: person.name,
      email: person.email,
      language: person.language ?? null,
      majors: person.majors,
    },
    organisation,
    roles: member.roles.filter((role) => role !== 'visitor' && role !== 'system'),
    abilities: subjects.flatMap((subject) =>
      actions.filter((action) => canSome(member, action, subject)).map((action) => `${subject}:${action}`),
    ),
    group: { name },
    signIn: [...signInMethodNames],
    revision: person?.revision,
  };
}

/** @throws notFound, forbidden, changedMeanwhile */
export async function editMe(
  member: Member,
  { name, language, majors }: { name?: string; language?: Language; majors?: string[] },
  ifMatch?: number,
): Promise<void> {
  assertCan(member, 'edit', 'person', { id: member.id });
  const person = await PersonModel.findById(member.id);
  if (!person) throw notFound({});
  assertRevision(person, ifMatch);
  if (name !== undefined) person.set({ name, ...namesOf(name, person.email) });
  if (language !== undefined) person.language = language;
  if (majors !== undefined) person.majors = [...new Set(majors)];
  await person.save();
  forgetLabels();
}

/** The own tokens, the newest first. @throws signInNeeded */
export async function listTokens(member: Member) {
  assertCan(member, 'create', 'token');
  return TokenModel.find({ person: member.id }).sort({ _id: -1 }).lean();
}

/** Makes a token for programs: it can all that its owner can. @throws sessionNeeded, tooManyTokens */
export async function createToken(
  auth: Auth,
  member: Member,
  req: Request,
  { name, days }: { name: string; days?: number | undefined },
): Promise<{ id: string; token: string }> {
  assertCan(member, 'create', 'token');
  await sessionOf(auth, req);
  if ((await TokenModel.countDocuments({ person: member.id })) >= mostTokens)
    throw tooManyTokens({ most: mostTokens });
  const { id, key } = await auth.api.createApiKey({
    body: { name, userId: member.id, ...(days !== undefined && { expiresIn: days * day }) },
  });
  return { id, token: key };
}

/** @throws notFound */
export async function revokeToken(member: Member, id: string): Promise<void> {
  assertCan(member, 'create', 'token');
  const { deletedCount } = await TokenModel.deleteOne({ _id: id, person: member.id });
  if (deletedCount === 0) throw notFound({});
}

/** Where the member is signed in, the newest first; `current` is the session of this request. */
export async function listSessions(auth: Auth, member: Member, req: Request, now: Date) {
  const [sessions, current] = await Promise.all([
    SessionModel.find({ userId: member.id, expiresAt: { $gt: now } })
      .sort({ _id: -1 })
      .lean(),
    auth.api.getSession({ headers: authHeaders(req), query: { disableRefresh: true } }),
  ]);
  return sessions.map((session) => ({
    id: String(session._id),
    current: session.token === current?.session.token,
    address: session.ipAddress ?? '',
    browser: session.userAgent ?? '',
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
  }));
}

/** @throws notFound */
export async function revokeSession(member: Member, id: string): Promise<void> {
  const { deletedCount } = await SessionModel.deleteOne({ _id: id, userId: member.id });
  if (deletedCount === 0) throw notFound({});
}
