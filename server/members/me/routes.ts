import { notFound } from '../../access/index.ts';
import { handle, type Route } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import { type Auth, authHeaders } from '../auth.ts';
import type { Authentication } from '../authenticate.ts';
import { memberOf } from '../directory.ts';
import { passCookies } from '../sign-in/routes.ts';
import * as contract from './contract.ts';
import type { StoredToken } from './model.ts';
import * as service from './service.ts';

const present = (token: StoredToken & { _id: unknown }) => ({
  id: String(token._id),
  name: token.name,
  start: token.start ?? '',
  createdAt: token.createdAt,
  expiresAt: token.expiresAt ?? null,
  lastUsedAt: token.lastRequest ?? null,
});

export const meRoutes = (auth: Auth, { forget, isDue }: Authentication, { clock }: Platform): Route[] => [
  handle(contract.getMe, async ({ member, req, res }) => {
    // Every page asks this first: here a session that is in use is given more time.
    if (await isDue(req))
      passCookies(
        (await auth.api.getSession({ headers: authHeaders(req), returnHeaders: true })).headers,
        res,
      );
    res.setHeader('Cache-Control', 'no-store');
    return service.describe(member);
  }),
  handle(contract.editMe, async ({ member, body, ifMatch }) => {
    await service.editMe(member, body, ifMatch);
    forget();
    return service.describe((await memberOf(member.id)) ?? member);
  }),
  handle(contract.listTokens, async ({ member }) => ({
    items: (await service.listTokens(member)).map(present),
  })),
  handle(contract.createToken, async ({ member, req, body }) => {
    const { id, token } = await service.createToken(auth, member, req, body);
    const made = (await service.listTokens(member)).find(({ _id }) => String(_id) === id);
    if (!made) throw notFound({});
    return { ...present(made), token };
  }),
  handle(contract.revokeToken, async ({ member, params }) => {
    await service.revokeToken(member, params.id);
    forget();
  }),
  handle(contract.listSessions, async ({ member, req }) => ({
    items: await service.listSessions(auth, member, req, clock()),
  })),
  handle(contract.revokeSession, async ({ member, params }) => {
    await service.revokeSession(member, params.id);
    forget();
  }),
];
