import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from '@jest/globals';
import { defineBlobHolder } from '../../server/blobs/hold.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/http/index.ts';
import type { Platform } from '../../server/platform.ts';
import { openDocuments } from '../unit/embedded-documents.ts';
import { checkInterleavings } from './collect-interleavings.ts';

openDocuments();
const interleavings = Number(process.env.FC_RUNS ?? 10_000);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-collect-'));
});
afterAll(() => rm(folder, { recursive: true }));

test(`in ${interleavings} interleavings no file loses its bytes and nothing is left over`, async () => {
  let now = new Date('2026-05-01T08:00:00Z');
  const used = new Set<string>();
  const organisation = 'a'.repeat(24);
  defineBlobHolder({
    name: 'test',
    usesOf: async (sha256s) => sha256s.filter((one) => used.has(one)).map((blob) => ({ blob, organisation })),
  });
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const platform = { config, log: openLog(config), clock: () => now } as Platform;
  const pass = (time: number) => {
    now = new Date(now.getTime() + time);
  };
  await checkInterleavings(interleavings, { platform, folder, used, pass });
}, 3_600_000);
