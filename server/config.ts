import { z } from 'zod';
import type { Retention } from './backups/retention.ts';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const port = z.coerce.number().int().min(0).max(65535);
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const byteSize = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([KMGT]i?B|B)?$/i, { error: 'a size such as 500MB or 20GB' })
  .transform((text) => {
    const [, amount = '0', unit = 'B'] = /^([\d.]+)\s*(\w*)$/.exec(text) ?? [];
    const power = 'BKMGT'.indexOf((unit[0] ?? 'B').toUpperCase());
    return Math.round(Number(amount) * 1024 ** power);
  });

const period = '(last|hourly|daily|weekly|monthly|yearly) +[1-9][0-9]{0,3}';
const retention = z
  .string()
  .regex(new RegExp(`^${period}( *, *${period})*$`), {
    error: 'how many of which, such as daily 7, weekly 5, monthly 12; also last, hourly, yearly',
  })
  .transform((text): Retention => {
    const parts = text.split(',').map((part) => part.trim().split(/ +/));
    return Object.fromEntries(parts.map(([name, count]) => [name, Number(count)]));
  });

/** One setting: how it is read, what holds without it, and what it does (README and .env.example are made of it). */
interface Setting<Shape extends z.ZodType = z.ZodType> {
  readonly shape: Shape;
  readonly default?: string;
  readonly says: string;
  /** Never logged. */
  readonly secret?: true;
}

const setting = <Shape extends z.ZodType>(shape: Shape, says: string, standard?: string): Setting<Shape> => ({
  shape,
  says,
  ...(standard !== undefined && { default: standard }),
});
const secret = <Shape extends z.ZodType>(shape: Shape, says: string): Setting<Shape> => ({
  shape,
  says,
  secret: true,
});

/** Every setting, in the order of the documentation. */
export const settings = {
  PORT: setting(port, 'Port of the application and its API.', '3000'),
  HOST: setting(z.string().min(1), 'Address to listen on.', '0.0.0.0'),
  PUBLIC_URL: setting(
    address.optional(),
    'Address under which people reach the application, when it is not http://localhost:PORT.',
  ),
  CONTENT_PORT: setting(
    port,
    'Port of the content server, which hands out uploaded bytes from an origin of its own.',
    '3001',
  ),
  CONTENT_URL: setting(
    address.optional(),
    'Address under which browsers reach the content server; another host or port than PUBLIC_URL.',
  ),
  DATA_DIR: setting(z.string().min(1), 'Folder of the embedded engines.', 'data'),
  MONGODB_URL: secret(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, { error: 'an address that begins with mongodb://' })
      .optional(),
    'MongoDB in place of the embedded document engine.',
  ),
  S3_ENDPOINT: setting(address.optional(), 'S3 server in place of the filesystem.'),
  S3_BUCKET: setting(
    z.string().min(3).max(63).optional(),
    'Bucket for uploaded bytes; needed with S3_ENDPOINT.',
  ),
  S3_REGION: setting(z.string().min(1), 'Region of the bucket.', 'us-east-1'),
  S3_ACCESS_KEY: secret(z.string().min(1).optional(), 'Access key; needed with S3_ENDPOINT.'),
  S3_SECRET_KEY: secret(z.string().min(1).optional(), 'Secret key; needed with S3_ENDPOINT.'),
  S3_DOWNLOADS: setting(
    z.enum(['stream', 'redirect']),
    'Downloads from S3 pass through us, or go there by a signed address.',
    'stream',
  ),
  ACCEL_REDIRECT: setting(
    z
      .string()
      .regex(/^\/.*\/$/, { error: 'a path that begins and ends with a slash' })
      .optional(),
    'Internal location of nginx that serves DATA_DIR/objects: downloads are handed to it (X-Accel-Redirect).',
  ),
  BACKUP_TO: secret(
    z.string().min(1).optional(),
    'Where `npm run backup` writes and `npm run restore` reads: a folder, s3://bucket on the server of S3_ENDPOINT, or https://KEY:SECRET@host/bucket.',
  ),
  BACKUP_KEEP: setting(
    retention.optional(),
    'Which backups `npm run backup` leaves there, such as daily 7, weekly 5, monthly 12; all of them when it is not set.',
  ),
  MIRROR: secret(
    z.string().min(1).optional(),
    'A second store for every file, named like BACKUP_TO: damaged files are restored from it by themselves.',
  ),
  CLAMD_HOST: setting(
    z.string().min(1).optional(),
    'Virus scanner (clamd): files are published once it has found them clean.',
  ),
  CLAMD_PORT: setting(port, 'Port of the virus scanner.', '3310'),
  MEILI_URL: setting(address.optional(), 'Meilisearch in place of the embedded search index.'),
  MEILI_KEY: secret(z.string().min(1).optional(), 'Key of Meilisearch that may create and fill indexes.'),
  ADMIN_EMAIL: setting(
    z.email().optional(),
    'With ADMIN_PASSWORD: sets up the first administrator at the first start.',
  ),
  ADMIN_PASSWORD: secret(
    z.string().min(10).max(128).optional(),
    'At least 10 characters; used at the first start only.',
  ),
  SECRET: secret(
    z.string().min(32).optional(),
    'Signs sessions and content addresses, at least 32 characters; made and kept in DATA_DIR when not set. All processes need the same one.',
  ),
  GROUP_NAME: setting(
    z.string().min(1).max(80),
    'Name of the group, at the first start.',
    '装备制造职业教育集团',
  ),
  MAX_FILE_SIZE: setting(byteSize, 'Largest file that is accepted.', '50GB'),
  ORGANISATION_QUOTA: setting(byteSize, 'Bytes that one organisation may store.', '500GB'),
  RATE_LIMITS: setting(
    flag,
    'Limits on sign-in and writes; off only behind a gateway that has its own.',
    'true',
  ),
  TRUSTED_PROXIES: setting(
    z.coerce.number().int().min(0).max(10),
    'How many reverse proxies stand in front.',
    '0',
  ),
  METRICS_TOKEN: secret(
    z.string().min(16).optional(),
    'Lets Prometheus read /metrics, sent as `Authorization: Bearer …`; without it only this machine may, and not through a proxy.',
  ),
  OCCT_IMPORT_JS: setting(
    z.string().min(1).optional(),
    'Folder of the package `occt-import-js`, which reads STEP, IGES and BREP, when it does not lie in our `node_modules`.',
  ),
  WORKERS: setting(flag, 'Whether this process also runs jobs.', 'true'),
  LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    'How much is logged.',
    'info',
  ),
} satisfies Record<string, Setting>;

type Settings = typeof settings;
export type Config = Readonly<{ [Name in keyof Settings]: z.output<Settings[Name]['shape']> }>;

/** Every fault of the settings at once, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings. Empty values count as not set.
 * @throws ConfigError that names every wrong setting and says what would be right
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, { shape, default: standard }] of Object.entries<Setting>(settings)) {
    const given = env[name]?.trim() || standard;
    const result = shape.safeParse(given);
    if (result.success) config[name] = result.data;
    else faults.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(', ')}`);
  }
  const needs = (name: string, others: string[]) => {
    if (!config[name]) return;
    for (const other of others) if (!config[other]) faults.push(`${other}: needed because ${name} is set`);
  };
  needs('S3_ENDPOINT', ['S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']);
  needs('ADMIN_EMAIL', ['ADMIN_PASSWORD']);
  needs('ADMIN_PASSWORD', ['ADMIN_EMAIL']);
  if (typeof config.MONGODB_URL === 'string' && /[?&]w=(?!majority)/.test(config.MONGODB_URL))
    faults.push('MONGODB_URL: leave out w= or say w=majority, or writes could be lost');
  if (config.PORT !== 0 && config.PORT === config.CONTENT_PORT)
    faults.push('CONTENT_PORT: must differ from PORT, because uploaded content needs an origin of its own');
  if (faults.length > 0)
    throw new ConfigError(`These settings are wrong:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return Object.freeze(config) as Config;
}

/** All of the environment that a process of ours for foreign files gets: where programs are found. */
export const converterEnvironment = (): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  OMP_THREAD_LIMIT: '1', // tesseract takes every core otherwise
  OCCT_IMPORT_JS: process.env.OCCT_IMPORT_JS,
});

/** Where such a process finds what reads STEP and IGES; undefined when Node.js is to find it by its name. */
export const cadReaderFolder = (): string | undefined => process.env.OCCT_IMPORT_JS?.trim() || undefined;
