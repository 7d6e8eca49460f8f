import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../server/config.ts';

test('without any setting the product runs on its embedded engines', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ PORT: 3000, CONTENT_PORT: 3001, DATA_DIR: 'data', WORKERS: true });
  expect(config.MONGODB_URL).toBeUndefined();
  expect(Object.isFrozen(config)).toBe(true);
});

test('every wrong setting is named at once', () => {
  const reading = () =>
    readConfig({ PORT: 'many', S3_ENDPOINT: 'http://s3.local', SECRET: 'short', MEILI_URL: 'ftp://x' });
  expect(reading).toThrow(ConfigError);
  for (const name of ['PORT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'SECRET', 'MEILI_URL'])
    expect(reading).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', MONGODB_URL: ' ' })).toMatchObject({ PORT: 3000, MONGODB_URL: undefined });
});

test('sizes are read with their units, in powers of 1024', () => {
  expect(readConfig({ MAX_FILE_SIZE: '1.5GB' }).MAX_FILE_SIZE).toBe(1.5 * 1024 ** 3);
  expect(() => readConfig({ MAX_FILE_SIZE: 'big' })).toThrow(/500MB/);
});

test('how long backups are kept is said in words, each wrong one refused', () => {
  expect(readConfig({ BACKUP_KEEP: 'daily 7, weekly 5,monthly 12' }).BACKUP_KEEP).toEqual({
    daily: 7,
    weekly: 5,
    monthly: 12,
  });
  expect(readConfig({}).BACKUP_KEEP).toBeUndefined();
  for (const wrong of ['daily', '7', 'daily 0', 'daily 7;weekly 5', 'dayly 7', 'daily 7,'])
    expect(() => readConfig({ BACKUP_KEEP: wrong })).toThrow(/daily 7, weekly 5, monthly 12/);
});

test('a MongoDB address that could lose writes is refused', () => {
  expect(() => readConfig({ MONGODB_URL: 'mongodb://db/courseyard?w=1' })).toThrow(/majority/);
  expect(readConfig({ MONGODB_URL: 'mongodb://db/courseyard?w=majority' }).MONGODB_URL).toContain('majority');
});

/** The lines that tell of faults. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').slice(1);
  }
}

describe('uploaded content never shares the origin of the application', () => {
  test.each([
    [{ PORT: '3000', CONTENT_PORT: '3000' }, 'CONTENT_PORT'],
    [{ PUBLIC_URL: 'https://yard.example', CONTENT_URL: 'https://yard.example/' }, 'CONTENT_URL'],
    [{ PUBLIC_URL: 'https://yard.example', CONTENT_URL: 'https://Yard.example:443' }, 'CONTENT_URL'],
    [{ CONTENT_URL: 'http://localhost:3000' }, 'CONTENT_URL'],
    [{ HOST: '10.1.2.3', PORT: '80', CONTENT_URL: 'http://10.1.2.3' }, 'CONTENT_URL'],
    [{ PUBLIC_URL: 'http://yard.example:3001' }, 'PUBLIC_URL'],
  ])('%j is refused', (env, name) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(`^  ${name}: .*an origin of its own$`)]);
  });

  test.each([
    [{ PUBLIC_URL: 'https://yard.example', CONTENT_URL: 'https://content.example' }],
    [{ PUBLIC_URL: 'https://yard.example', CONTENT_URL: 'https://yard.example:8443' }],
    [{ PUBLIC_URL: 'http://yard.example:8080', CONTENT_URL: 'http://localhost:3001' }],
    [{ PORT: '0', CONTENT_PORT: '0' }],
  ])('%j is taken', (env) => {
    expect(faultsOf(env)).toEqual([]);
  });
});

test('a wrong setting is told once, and nothing is concluded from it', () => {
  expect(faultsOf({ PORT: 'abc', CONTENT_PORT: '70000' })).toEqual([
    '  PORT: a whole number from 0 to 65535',
    '  CONTENT_PORT: a whole number from 0 to 65535',
  ]);
  const s3 = { S3_ENDPOINT: 'http://s3', S3_ACCESS_KEY: 'key', S3_SECRET_KEY: 'secret' };
  expect(faultsOf({ ...s3, S3_BUCKET: 'a' })).toEqual(['  S3_BUCKET: 3 to 63 characters']);
});

test.each([
  ['PORT', '0x10', 'a whole number from 0 to 65535'],
  ['PUBLIC_URL', 'ftp://x', 'an address that begins with http:// or https://'],
  ['PUBLIC_URL', 'http://a/path', 'scheme, host and port alone, such as https://library.example:8443'],
  ['MAX_FILE_SIZE', '0', 'more than 0'],
  ['WORKERS', 'yes', 'true or false'],
  ['SECRET', 'short', 'at least 32 characters'],
  ['ADMIN_EMAIL', 'nobody', 'an e-mail address'],
  ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, silent'],
  ['MIRROR', 'gopher://x', 'a folder, s3://bucket or https://KEY:SECRET@host/bucket'],
  ['BACKUP_TO', 'https://host/bucket', 'a folder, s3://bucket or https://KEY:SECRET@host/bucket'],
  ['MIRROR', 's3://bucket', 's3://bucket is on the server of S3_ENDPOINT, which is not set'],
])('%s=%s is refused in words that say what would be right', (name, value, says) => {
  expect(
    faultsOf({ [name]: value, ...(name === 'ADMIN_EMAIL' && { ADMIN_PASSWORD: 'long enough' }) }),
  ).toEqual([`  ${name}: ${says}`]);
});

test.each(['/mnt/mirror', 'mirror', 'D:\\mirror', 'https://key:secret@host/bucket?region=cn-1'])(
  'a second store may be %s',
  (MIRROR) => {
    expect(readConfig({ MIRROR })).toMatchObject({ MIRROR });
  },
);
