import { z } from 'zod';
import {
  address,
  byteSize,
  choice,
  flag,
  mail,
  number,
  origin,
  port,
  retention,
  store,
  text,
} from './setting-values.ts';

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
  HOST: setting(text(), 'Address to listen on.', '0.0.0.0'),
  PUBLIC_URL: setting(
    origin.optional(),
    'Address under which people reach the application, when it is not http://localhost:PORT; without a path.',
  ),
  CONTENT_PORT: setting(
    port,
    'Port of the content server, which hands out uploaded bytes from an origin of its own.',
    '3001',
  ),
  CONTENT_URL: setting(
    origin.optional(),
    'Address under which browsers reach the content server; another host or port than PUBLIC_URL.',
  ),
  CONTENT_ADDRESS_SECONDS: setting(
    number(5, 86_400),
    'How long an address on the content server works at least, six times as long inside of packages; open pages renew theirs.',
    '7200',
  ),
  DATA_DIR: setting(text(), 'Folder of the embedded engines: an empty one at the first start.', 'data'),
  MONGODB_URL: secret(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, { error: 'an address that begins with mongodb://' })
      .optional(),
    'MongoDB in place of the embedded document engine.',
  ),
  S3_ENDPOINT: setting(address.optional(), 'S3 server in place of the filesystem.'),
  S3_BUCKET: setting(text(3, 63).optional(), 'Bucket for uploaded bytes; needed with S3_ENDPOINT.'),
  S3_REGION: setting(text(), 'Region of the bucket.', 'us-east-1'),
  S3_ACCESS_KEY: secret(text().optional(), 'Access key; needed with S3_ENDPOINT.'),
  S3_SECRET_KEY: secret(text().optional(), 'Secret key; needed with S3_ENDPOINT.'),
  S3_DOWNLOADS: setting(
    choice(['stream', 'redirect']),
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
    store.optional(),
    'Where `npm run backup` writes and `npm run restore` reads: a folder, s3://bucket on the server of S3_ENDPOINT, or https://KEY:SECRET@host/bucket.',
  ),
  BACKUP_KEEP: setting(
    retention.optional(),
    'Which backups `npm run backup` leaves there, such as daily 7, weekly 5, monthly 12; all of them when it is not set.',
  ),
  MIRROR: secret(
    store.optional(),
    'A second store for every file, named like BACKUP_TO: damaged files are restored from it by themselves.',
  ),
  CLAMD_HOST: setting(
    text().optional(),
    'Virus scanner (clamd): files are published once it has found them clean.',
  ),
  CLAMD_PORT: setting(port, 'Port of the virus scanner.', '3310'),
  MEILI_URL: setting(address.optional(), 'Meilisearch in place of the embedded search index.'),
  MEILI_KEY: secret(text().optional(), 'Key of Meilisearch that may create and fill indexes.'),
  ADMIN_EMAIL: setting(
    mail.optional(),
    'With ADMIN_PASSWORD: sets up the first administrator at the first start.',
  ),
  ADMIN_PASSWORD: secret(text(10, 128).optional(), 'At least 10 characters; used at the first start only.'),
  SECRET: secret(
    text(32).optional(),
    'Signs sessions and content addresses, at least 32 characters; made and kept in DATA_DIR when not set. All processes need the same one.',
  ),
  GROUP_NAME: setting(text(1, 80), 'Name of the group, at the first start.', '装备制造职业教育集团'),
  MAX_FILE_SIZE: setting(
    byteSize.refine((size) => size > 0, { error: 'more than 0' }),
    'Largest file that is accepted.',
    '50GB',
  ),
  ORGANISATION_QUOTA: setting(byteSize, 'Bytes that one organisation may store.', '500GB'),
  RATE_LIMITS: setting(
    flag,
    'Limits on sign-in and writes; off only behind a gateway that has its own.',
    'true',
  ),
  TRUSTED_PROXIES: setting(number(0, 10), 'How many reverse proxies stand in front.', '0'),
  METRICS_TOKEN: secret(
    text(16).optional(),
    'Lets Prometheus read /metrics, sent as `Authorization: Bearer …`; without it only this machine may, and not through a proxy.',
  ),
  OCCT_IMPORT_JS: setting(
    text().optional(),
    'Folder of the package `occt-import-js`, which reads STEP, IGES and BREP, when it does not lie in our `node_modules`.',
  ),
  WORKERS: setting(flag, 'Whether this process also runs jobs.', 'true'),
  LOG_LEVEL: setting(
    choice(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
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
  const given = new Set<string>();
  for (const [name, { shape, default: standard }] of Object.entries<Setting>(settings)) {
    const value = env[name]?.trim();
    if (value) given.add(name);
    const result = shape.safeParse(value || standard);
    if (result.success) config[name] = result.data;
    else faults.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(', ')}`);
  }
  faults.push(...lacking(given), ...contradictions(config));
  if (faults.length > 0)
    throw new ConfigError(`These settings are wrong:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return Object.freeze(config) as Config;
}

/** What is needed because of another setting, and not there. */
function lacking(given: ReadonlySet<string>): string[] {
  const needs = [
    ['S3_ENDPOINT', ['S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']],
    ['ADMIN_EMAIL', ['ADMIN_PASSWORD']],
    ['ADMIN_PASSWORD', ['ADMIN_EMAIL']],
  ] as const;
  return needs
    .filter(([name]) => given.has(name))
    .flatMap(([name, others]) =>
      others.filter((o) => !given.has(o)).map((o) => `${o}: needed because ${name} is set`),
    );
}

/** What contradicts itself among the settings that can be read; the others are told of anyway. */
function contradictions(config: Partial<Config>): string[] {
  const { MONGODB_URL, S3_ENDPOINT, PORT, CONTENT_PORT, CONTENT_URL } = config;
  const faults: string[] = [];
  if (MONGODB_URL !== undefined && /[?&]w=(?!majority)/.test(MONGODB_URL))
    faults.push('MONGODB_URL: leave out w= or say w=majority, or writes could be lost');
  for (const name of ['BACKUP_TO', 'MIRROR'] as const)
    if (config[name]?.startsWith('s3://') && S3_ENDPOINT === undefined)
      faults.push(`${name}: s3://bucket is on the server of S3_ENDPOINT, which is not set`);
  const because = 'because uploaded content needs an origin of its own';
  if (PORT !== undefined && PORT !== 0 && PORT === CONTENT_PORT)
    faults.push(`CONTENT_PORT: must differ from PORT, ${because}`);
  else if (CONTENT_URL !== undefined && applicationOrigins(config).includes(CONTENT_URL))
    faults.push(`CONTENT_URL: must be another host or port than the application's, ${because}`);
  else if (CONTENT_URL === undefined && sharesPort(config))
    faults.push(`PUBLIC_URL: must have another port than CONTENT_PORT, or CONTENT_URL be set, ${because}`);
  return faults;
}

/** Under which origins the application is known to be reached. */
function applicationOrigins({ PUBLIC_URL, HOST, PORT }: Partial<Config>): (string | undefined)[] {
  if (!PORT) return [PUBLIC_URL];
  const own = ['localhost', '127.0.0.1', '[::1]', HOST].map((host) => `http://${host}:${PORT}`);
  return [PUBLIC_URL, ...own.map((url) => (URL.canParse(url) ? new URL(url).origin : undefined))];
}

/** Whether content, without an address of its own, would be looked for at that of the application. */
function sharesPort({ PUBLIC_URL, CONTENT_PORT }: Partial<Config>): boolean {
  if (PUBLIC_URL === undefined || !CONTENT_PORT) return false;
  const { protocol, port } = new URL(PUBLIC_URL);
  return Number(port || (protocol === 'https:' ? 443 : 80)) === CONTENT_PORT;
}

/** All of the environment that a process of ours for foreign files gets: where programs are found. */
export const converterEnvironment = (): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  OMP_THREAD_LIMIT: '1', // tesseract takes every core otherwise
  OCCT_IMPORT_JS: process.env.OCCT_IMPORT_JS,
});

/** Where such a process finds what reads STEP and IGES; undefined when Node.js is to find it by its name. */
export const cadReaderFolder = (): string | undefined => process.env.OCCT_IMPORT_JS?.trim() || undefined;
