import mongoose from 'mongoose';
import type { Feature } from '../feature.ts';
import type { Authenticate } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { createAuth, sessionCookie } from './auth.ts';
import { createAuthentication } from './authenticate.ts';
import { groupRoutes } from './group/routes.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { meRoutes } from './me/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { memberRoutes } from './people/routes.ts';
import { startFirst } from './set-up/first-start.ts';
import { setUpRoutes } from './set-up/routes.ts';
import { setUpPath } from './set-up/service.ts';
import { signInRoutes } from './sign-in/routes.ts';

export interface Members extends Feature {
  /** Finds out who is asking, by session cookie or bearer token; the answer is at most a second old. */
  readonly authenticate: Authenticate;
  /** Path and fragment of the set-up page, to be printed at start; undefined once the set-up is done. */
  readonly setUpPath: () => Promise<string | undefined>;
  /** The name of the cookie that a browser has its session by. */
  readonly sessionCookie: string;
}

/** Organisations, people, roles, invitations and sign-in. The documents must be open. */
export function createMembers(platform: Platform): Members {
  const { config, clock, log } = platform;
  const auth = createAuth(config, mongoose.connection, log);
  const authentication = createAuthentication(auth, clock);
  return {
    name: 'members',
    routes: [
      ...signInRoutes(auth, authentication, platform),
      ...meRoutes(auth, authentication, platform),
      ...groupRoutes,
      ...organisationRoutes(authentication, platform),
      ...memberRoutes(authentication, clock),
      ...invitationRoutes(authentication, clock),
      ...setUpRoutes(platform),
    ],
    start: () => startFirst(config, log, clock()),
    authenticate: authentication.authenticate,
    setUpPath: () => setUpPath(config),
    sessionCookie: sessionCookie(config, log),
  };
}

export {
  allOrganisations,
  type Colleague,
  checkAudience,
  checkMembers,
  colleaguesById,
  type NamedPerson,
  type OrganisationLabel,
  organisationName,
  organisations,
  organisationsOf,
  peopleByName,
} from './directory.ts';
export { ORGANISATION_RENAMED, type OrganisationRenamed } from './organisations/renamed.ts';
