import type { Response } from 'express';
import { handle, type Route } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import type { Auth } from '../auth.ts';
import type { Authentication } from '../authenticate.ts';
import * as contract from './contract.ts';
import { changePassword, signIn, signOut } from './service.ts';

export const signInRoutes = (
  auth: Auth,
  { forget }: Authentication,
  { config, clock }: Platform,
): Route[] => {
  const tools = { auth, config, clock };
  return [
    handle(contract.signIn, async ({ req, res, body }) => {
      const { headers, response } = await signIn(tools, req, body);
      passCookies(headers, res);
      return response;
    }),
    handle(contract.signOut, async ({ req, res }) => {
      passCookies(await signOut(tools, req), res);
      forget();
    }),
    handle(contract.changePassword, async ({ req, res, body }) => {
      passCookies(await changePassword(tools, req, body), res);
      forget();
    }),
  ];
};

/** Hands the cookies of better-auth on to the browser. */
export function passCookies(headers: Headers, res: Response): void {
  for (const cookie of headers.getSetCookie()) res.append('Set-Cookie', cookie);
}
