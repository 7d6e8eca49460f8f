import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { secretFor, secretOf } from '../../server/secret.ts';

let DATA_DIR: string;
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'courseyard-secret-'));
});
afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }));

test('without a setting, a secret is made once and kept where only its owner can read it', () => {
  const config = { SECRET: undefined, DATA_DIR };
  const made = secretOf(config);
  expect(secretOf(config)).toBe(made);
  expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8').trim()).toBe(made);
  expect(statSync(join(DATA_DIR, 'secret')).mode & 0o777).toBe(0o600);
});

test('two instances make different secrets', () => {
  const other = mkdtempSync(join(tmpdir(), 'courseyard-secret-'));
  expect(secretOf({ SECRET: undefined, DATA_DIR })).not.toBe(
    secretOf({ SECRET: undefined, DATA_DIR: other }),
  );
  rmSync(other, { recursive: true });
});

test('a damaged file stops the start instead of ending every session without a word', () => {
  writeFileSync(join(DATA_DIR, 'secret'), 'short');
  expect(() => secretOf({ SECRET: undefined, DATA_DIR })).toThrow(/damaged/);
});

test('each purpose has a key of its own', () => {
  const config = { SECRET: 'a secret for tests, long enough to be one', DATA_DIR };
  expect(secretFor(config, 'sessions')).not.toBe(secretFor(config, 'content'));
  expect(secretFor(config, 'sessions')).toBe(secretFor(config, 'sessions'));
});
