import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig, settings } from '../../../server/config.ts';

const read = (name: string) => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      environment: z.record(z.string(), z.string()).optional(),
      profiles: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    }),
  ),
});
const { services } = Compose.parse(parse(read('docker-compose.yml')));

/** A value as compose fills it in: what `.env` says, else the standard value, or something for what must be set. */
const filled = (value: string, env: Record<string, string> = {}) =>
  value
    .replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, standard: string) => env[name] ?? standard)
    .replace(/\$\{\w+:\?[^}]*\}/g, 'something-of-16-characters');

/** The settings of the product in its container, with this `.env`. */
const settingsWith = (env: Record<string, string> = {}) =>
  readConfig(
    Object.fromEntries(
      Object.entries(services.courseyard?.environment ?? {}).map(([name, value]) => [
        name,
        filled(value, env),
      ]),
    ),
  );

describe('docker-compose.yml', () => {
  test('hands the product only settings that it knows, with values that it accepts', () => {
    const given = services.courseyard?.environment ?? {};
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(settingsWith()).toMatchObject({ S3_BUCKET: 'courseyard', MEILI_URL: 'http://meilisearch:7700' });
  });

  test.each([
    [{}, 3000, 3001],
    [{ PORT: '8080', CONTENT_PORT: '8081' }, 8080, 8081],
  ])('with %j in .env the product listens on the ports that it is reached at', (env, port, contentPort) => {
    const { ports = [], healthcheck } = services.courseyard ?? {};
    expect(settingsWith(env)).toMatchObject({ PORT: port, CONTENT_PORT: contentPort });
    expect(ports.map((mapped) => filled(mapped, env))).toEqual([
      `${port}:${port}`,
      `${contentPort}:${contentPort}`,
    ]);
    expect(healthcheck?.test.at(-1)).toContain("'http://localhost:' + process.env.PORT + '/readyz'");
  });

  test('replaces all three embedded engines', () => {
    expect(Object.keys(services.courseyard?.environment ?? {})).toEqual(
      expect.arrayContaining(['MONGODB_URL', 'S3_ENDPOINT', 'MEILI_URL']),
    );
  });

  test('pins every image to one release', () => {
    for (const [name, { image }] of Object.entries(services))
      expect(`${name} ${image}`).toMatch(/:(v?\d+\.\d+\.\d+|RELEASE\.[\dTZ-]+)$/);
  });

  test('starts MinIO only for those who ask for it', () => {
    expect(services.minio?.profiles).toEqual(['minio']);
  });

  test('knows no password: secrets come from the environment', () => {
    for (const { environment = {} } of Object.values(services))
      for (const [name, value] of Object.entries(environment))
        if (/SECRET|PASSWORD|KEY$/.test(name) && !/ACCESS_KEY/.test(name))
          expect(value).toMatch(/^\$\{\w+:\?/);
  });
});

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  test('builds in one stage and runs in another, on Node.js 24, as somebody without rights', () => {
    const stages = dockerfile.match(/^FROM .*$/gm) ?? [];
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage).toMatch(/^FROM node:24\.\d+\.\d+-/);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  test('gives Node.js the same room for objects as npm start', () => {
    const start: string = JSON.parse(read('package.json')).scripts.start;
    const rooms = start.match(/--max-[a-z-]+-size=\d+/g) ?? [];
    expect(rooms).toHaveLength(2);
    for (const room of rooms) expect(dockerfile).toMatch(new RegExp(`^CMD .*"${room}"`, 'm'));
  });
});
