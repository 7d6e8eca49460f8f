import { isAPIError } from 'better-auth/api';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Config } from '../../config.ts';
import { type Auth, authHeaders } from '../auth.ts';
import { assertPassword } from '../password.ts';
import { memberSuspended, sessionNeeded, wrongCredentials, wrongPassword } from '../problems.ts';
import { countAttempt } from './attempts.ts';

interface Tools {
  auth: Auth;
  config: Pick<Config, 'RATE_LIMITS'>;
  clock: () => Date;
}

/** What to send back: the cookies of a session that begins, goes on or ends. */
interface WithCookies<Response> {
  headers: Headers;
  response: Response;
}

/**
 * Signs in with e-mail and password. An address that nobody has takes as long as a wrong password and is answered
 * alike; that somebody is suspended is told only to who knows their password.
 * @throws wrongCredentials, memberSuspended, tooManyRequests
 */
export async function signIn(
  { auth, config, clock }: Tools,
  req: Request,
  credentials: { email: string; password: string; rememberMe: boolean },
): Promise<WithCookies<{ user: { id: string; name: string; email: string } }>> {
  const wasRight = await counted(config, credentials.email, req, clock());
  try {
    const { headers, response } = await auth.api.signInEmail({
      body: credentials,
      headers: authHeaders(req),
      returnHeaders: true,
    });
    await wasRight();
    return { headers, response: { user: response.user } };
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    if (error.statusCode !== 403) throw wrongCredentials({});
    await wasRight();
    throw memberSuspended({});
  }
}

/** Ends the session, if there is one. */
export async function signOut({ auth }: Tools, req: Request): Promise<Headers> {
  const { headers } = await auth.api.signOut({ headers: authHeaders(req), returnHeaders: true });
  return headers;
}

/**
 * Changes the own password and ends all other sessions.
 * @throws weakPassword, wrongPassword, sessionNeeded, tooManyRequests
 */
export async function changePassword(
  { auth, config, clock }: Tools,
  req: Request,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Headers> {
  const { user } = await sessionOf(auth, req);
  assertPassword(newPassword, user, 'newPassword');
  const wasRight = await counted(config, user.email, req, clock());
  try {
    const { headers } = await auth.api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers: authHeaders(req),
      returnHeaders: true,
    });
    await wasRight();
    return headers;
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    throw wrongPassword({});
  }
}

/** The session that a request comes in. @throws sessionNeeded when it comes with a token */
export async function sessionOf(auth: Auth, req: Request) {
  const found =
    req.headers.authorization === undefined
      ? await auth.api.getSession({ headers: authHeaders(req), query: { disableRefresh: true } })
      : null;
  if (!found) throw sessionNeeded({});
  return found;
}

async function counted(
  { RATE_LIMITS }: Pick<Config, 'RATE_LIMITS'>,
  account: string,
  req: Request,
  now: Date,
): Promise<() => Promise<void>> {
  return RATE_LIMITS ? countAttempt({ account, address: ipKeyGenerator(req.ip ?? '') }, now) : async () => {};
}
