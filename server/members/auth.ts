import { apiKey } from '@better-auth/api-key';
import { mongodbAdapter } from '@better-auth/mongo-adapter';
import type { BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { getCookies } from 'better-auth/cookies';
import { betterAuth } from 'better-auth/minimal';
import { admin } from 'better-auth/plugins/admin';
import { organization } from 'better-auth/plugins/organization';
import type { Request } from 'express';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { secretFor } from '../secret.ts';
import { memberOf } from './directory.ts';
import { passwordLength } from './password.ts';
import { signInMethods } from './sign-in/methods.ts';

/** Header in which we tell better-auth where a request came from; one from outside never gets this far. */
const ADDRESS_HEADER = 'x-courseyard-address';

const days = (n: number) => n * 24 * 60 * 60;

/** How long a session lasts, and how old it is before who uses it is given as long again; in seconds. */
export const sessionTimes = { lasts: days(7), renewedAfter: days(1) };

/**
 * better-auth on our database, with its names mapped to our words (docs: better-auth.com/docs/concepts/database).
 * It keeps passwords, sessions and tokens and refuses the suspended; who is a member of what, with which roles, is
 * decided by the services of this room, which write the same collections. None of its own addresses is open: our
 * endpoints call `auth.api`, so that every request passes our contracts, limits and problems.
 */
export function createAuth(config: Config, connection: Connection, log: Logger) {
  const { db } = connection;
  if (!db) throw new Error('The documents must be open before members are');
  return betterAuth({ ...authOptions(config, log), database: mongodbAdapter(db) });
}

/** What better-auth is told, without the database. */
export function authOptions(config: Config, log: Logger) {
  const address = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  return {
    appName: 'Courseyard',
    baseURL: address,
    secret: secretFor(config, 'sessions'),
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (level, message) => log[level === 'error' ? 'error' : 'info']({ by: 'better-auth' }, message),
    },
    ...signInMethods(passwordLength),
    rateLimit: { enabled: false }, // ours count by account too, and for all processes: sign-in/attempts.ts
    user: { modelName: 'people' },
    session: {
      modelName: 'sessions',
      expiresIn: sessionTimes.lasts,
      updateAge: sessionTimes.renewedAfter,
    },
    databaseHooks: {
      session: {
        create: {
          // The admin plugin refuses suspended people; this refuses those of a suspended organisation as well.
          async before({ userId }) {
            if (!(await memberOf(userId))) throw new APIError('FORBIDDEN', { code: 'SUSPENDED' });
          },
        },
      },
    },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    advanced: {
      cookiePrefix: 'courseyard',
      useSecureCookies: address.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { validateSchema: false }, // a test compares its fields with our models
    },
    plugins: [
      admin({
        defaultRole: '',
        schema: { user: { fields: { role: 'groupRoles', banned: 'suspended' } } },
      }),
      organization({
        schema: {
          organization: { modelName: 'organisations' },
          member: {
            modelName: 'memberships',
            fields: { role: 'roles' },
            additionalFields: {
              // Says again what the plugin declares, and that a person is a member of one organisation.
              userId: {
                type: 'string',
                required: true,
                unique: true,
                references: { model: 'people', field: 'id' },
              },
            },
          },
          invitation: {
            modelName: 'invitations',
            fields: { role: 'roles' },
          },
        },
      }),
      apiKey({
        defaultPrefix: 'cy_',
        requireName: true,
        maximumNameLength: 60,
        rateLimit: { enabled: false },
        startingCharactersConfig: { charactersLength: 8 },
        schema: { apikey: { modelName: 'tokens', fields: { referenceId: 'person' } } },
      }),
    ],
  } satisfies BetterAuthOptions;
}

/** The name of the cookie that a browser has its session by. */
export const sessionCookie = (config: Config, log: Logger): string =>
  getCookies(authOptions(config, log)).sessionToken.name;

export type Auth = ReturnType<typeof createAuth>;

/** What better-auth needs to know of a request. The address is ours to tell: never a header from outside. */
export function authHeaders(req: Request): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: req.ip ?? '' });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = req.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}
