import { defaultKeyHasher } from '@better-auth/api-key';
import type { Request } from 'express';
import { type Member, visitor } from '../access/index.ts';
import type { Authenticate } from '../http/index.ts';
import { ShortMemory } from '../short-memory.ts';
import { type Auth, sessionTimes } from './auth.ts';
import { memberOf } from './directory.ts';
import { TokenModel } from './me/model.ts';
import { tokenRefused } from './problems.ts';

/** Who has been suspended is out within a second, in every process: what is remembered is younger than that. */
const remembered = { milliseconds: 900, most: 20_000 };

/** No token and no cookie of ours is longer; what is longer is not worth remembering. */
const longest = 256;

export interface Authentication {
  /** @throws tokenRefused when a bearer token is none of ours: a program must not take the visitor's answer for its own */
  authenticate: Authenticate;
  /** Whether better-auth is to look at the session of this request again: to give it more time, or because it is over. */
  isDue(req: Request): Promise<boolean>;
  /** Forgets in this process who holds what, after somebody's session, token or standing has changed. */
  forget(): void;
}

/** What is remembered of a session. */
interface Session {
  member: Member;
  /** From when on it is given more time, in milliseconds since 1970; at once when there is none such. */
  renewedFrom: number;
}

export function createAuthentication(auth: Auth, clock: () => Date): Authentication {
  const sessions = new ShortMemory<Session>(remembered);
  const tokens = new ShortMemory<Member | undefined>(remembered);
  const cookieName = auth.$context.then(({ authCookies }) => authCookies.sessionToken.name);

  /** The session that a request shows; undefined without a cookie that could be one. */
  async function sessionOf(req: Request): Promise<Session | undefined> {
    const cookie = cookieIn(req, await cookieName);
    return cookie === undefined || cookie.length > longest
      ? undefined
      : sessions.get(cookie, () => lookUp(cookie));
  }

  async function lookUp(cookie: string): Promise<Session> {
    const found = await auth.api.getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: true },
    });
    if (!found) return { member: visitor, renewedFrom: 0 };
    const { lasts, renewedAfter } = sessionTimes;
    return {
      member: (await memberOf(found.user.id)) ?? visitor,
      renewedFrom: found.session.expiresAt.getTime() - (lasts - renewedAfter) * 1000,
    };
  }

  async function memberOfToken(token: string): Promise<Member | undefined> {
    // The plugin's own check writes twice a request and logs every wrong token as an error.
    const found = await TokenModel.findOne({ key: await defaultKeyHasher(token), enabled: true });
    const now = clock();
    if (!found || (found.expiresAt && found.expiresAt <= now)) return undefined;
    if (now.getTime() - (found.lastRequest?.getTime() ?? 0) > 60_000)
      await TokenModel.updateOne({ _id: found._id }, { $set: { lastRequest: now } });
    return memberOf(found.person);
  }

  return {
    async authenticate(req) {
      const token = bearerIn(req);
      if (token !== undefined) {
        if (token.length > longest) throw tokenRefused({});
        const member = await tokens.get(token, () => memberOfToken(token));
        if (!member) throw tokenRefused({});
        return member;
      }
      return (await sessionOf(req))?.member ?? visitor;
    },
    async isDue(req) {
      if (bearerIn(req) !== undefined) return false;
      const session = await sessionOf(req);
      return session !== undefined && session.renewedFrom <= clock().getTime();
    },
    forget() {
      sessions.clear();
      tokens.clear();
    },
  };
}

/** The token of a program. It counts alone: a session cookie beside it is not looked at. */
function bearerIn(req: Request): string | undefined {
  const match = /^Bearer(?:\s+(.*))?$/i.exec(req.headers.authorization ?? '');
  return match ? (match[1] ?? '').trim() : undefined;
}

/** The session cookie alone, as it was sent: `name=value`. */
function cookieIn(req: Request, name: string): string | undefined {
  const all = req.headers.cookie?.split(';') ?? [];
  return all.map((cookie) => cookie.trim()).find((cookie) => cookie.startsWith(`${name}=`));
}
