import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { envExample, settingsTable } from '../../../scripts/settings/describe.ts';
import { readConfig, settings } from '../../../server/config.ts';

const read = (name: string) => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');

describe('the settings', () => {
  test('stand in the README as the product reads them: npm run docs:settings', () => {
    expect(read('README.md')).toContain(settingsTable());
  });

  test('stand in .env.example as the product reads them: npm run docs:settings', () => {
    expect(read('.env.example')).toBe(envExample());
  });

  test('of .env.example, all uncommented, are accepted once the secret ones are filled in', () => {
    const lines = [...read('.env.example').matchAll(/^#([A-Z0-9_]+)=(.*)$/gm)];
    expect(lines.map(([, name]) => name)).toEqual(Object.keys(settings));
    expect(() => readConfig(Object.fromEntries(lines.map(([, name, value]) => [name, value])))).not.toThrow();
  });
});
