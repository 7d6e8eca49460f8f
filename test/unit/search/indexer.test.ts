import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openLog } from '../../../server/http/index.ts';
import { ResourceModel } from '../../../server/resources/model.ts';
import { indexSettings } from '../../../server/search/index-settings.ts';
import { Indexer } from '../../../server/search/indexer.ts';
import { openEmbedded } from '../../../storage/search/embedded.ts';
import type { SearchEngine } from '../../../storage/search/search-index.ts';
import { openDocuments } from '../embedded-documents.ts';
import { analysis } from './search-room.ts';

openDocuments();

let folder: string;
let engine: SearchEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-'));
  engine = await openEmbedded(folder);
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const indexer = () =>
  new Indexer({ engine, settings: indexSettings([]), analysis, log: openLog({ LOG_LEVEL: 'silent' }) });

/** More than are taken up at a time. */
const count = 120;

async function storePublished(): Promise<void> {
  const at = new Date();
  await ResourceModel.collection.insertMany(
    Array.from({ length: count }, (_, n) => ({
      kind: 'courseware',
      organisation: 'a'.repeat(24),
      owner: 'b'.repeat(24),
      audienceKeys: ['group'],
      withdrawn: null,
      published: {
        ...{
          title: `对刀 ${n}`,
          summary: '',
          level: null,
          materialType: null,
          language: 'zh-CN',
          cover: null,
        },
        ...{ majors: [], courses: [], jobs: [], certificates: [], tags: [], creators: [], files: [] },
        ...{ licence: 'group-only', audience: { scope: 'group' }, number: 1, publishedAt: at },
      },
      revision: 0,
      createdAt: at,
    })),
  );
}

test('an index whose building was broken off does not answer; the next start completes it', async () => {
  await storePublished();
  const first = indexer();
  const building = first.compare();
  while (!first.progress?.put) await new Promise(setImmediate);
  await first.stop();
  const { put } = await building;
  expect(put).toBeLessThan(count);
  expect(await engine.current()).toBeUndefined();

  const rest = await indexer().compare();
  expect(rest.put).toBe(count - put);
  expect(await (await engine.current())?.revisions('', 1000)).toHaveLength(count);
});
