import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Platform } from '../../platform.ts';
import { sha256 } from '../made-statement.ts';
import { RegistrationModel, type StoredRegistration, type StoredSession } from '../model.ts';
import { notLetIn } from '../problems.ts';

/** A registration whose session is open: what a token lets a unit into, and nothing else. */
export type Open = StoredRegistration & { session: StoredSession };

/** How long statements that were said before "terminated" may be on their way (cmi5, section 9.3.8). */
const lateness = 30_000;

/** The answer to a fetch URL (cmi5, section 8.2): the token once, and a word of refusal after that. */
export type Fetched = { 'auth-token': string } | { 'error-code': '1' | '2'; 'error-text': string };

/** Trades the key of a launch for its token, once; the status is 200 either way (section 8.2.1). */
export async function trade({ clock }: Platform, registration: string, key: string): Promise<Fetched> {
  const token = randomBytes(32).toString('base64url');
  const own = { _id: registration, 'session.fetchKey': sha256(key) };
  const { modifiedCount } = await RegistrationModel.updateOne(
    { ...own, 'session.token': null, 'session.endsAt': { $gt: clock() }, 'session.isAbandoned': false },
    { $set: { 'session.token': sha256(token) }, $inc: { revision: 1 } },
  );
  if (modifiedCount === 1)
    return { 'auth-token': Buffer.from(`${registration}:${token}`).toString('base64') };
  const isKnown = await RegistrationModel.exists(own);
  return isKnown
    ? {
        'error-code': '1',
        'error-text': 'The authorization token has already been returned, or the session is over.',
      }
    : { 'error-code': '2', 'error-text': 'This address is not known.' };
}

/** Finds the session that a request belongs to (HTTP Basic, RFC 7617). @throws notLetIn */
export async function letIn({ clock }: Platform, req: Request): Promise<Open> {
  const [, credentials = ''] = /^Basic\s+([\w+/=-]{1,400})$/i.exec(req.headers.authorization ?? '') ?? [];
  const [id = '', token = ''] = Buffer.from(credentials, 'base64').toString('latin1').split(':');
  const found = id === '' ? null : await RegistrationModel.findById(id).lean<StoredRegistration>();
  const session = found?.session;
  if (!found || !session || !isToken(session, token) || isOver(session, clock())) throw notLetIn({});
  return { ...found, session };
}

function isToken({ token }: StoredSession, given: string): boolean {
  return token !== null && timingSafeEqual(Buffer.from(token), Buffer.from(sha256(given)));
}

function isOver({ isAbandoned, endsAt, terminatedAt, lastAt }: StoredSession, now: Date): boolean {
  const isLate = terminatedAt !== undefined && now.getTime() - lastAt.getTime() > lateness;
  return isAbandoned || isLate || endsAt <= now;
}
