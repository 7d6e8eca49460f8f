import { expect, test } from '@jest/globals';
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

test('uploaded content never shares the origin of the application', () => {
  expect(() => readConfig({ PORT: '3000', CONTENT_PORT: '3000' })).toThrow(/CONTENT_PORT/);
});
