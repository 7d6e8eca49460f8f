import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Member } from '../../../server/access/index.ts';
import { commit } from '../../../server/resources/commit.ts';
import { ResourceModel } from '../../../server/resources/model.ts';
import { publish } from '../../../server/resources/publish.ts';
import type { Draft } from '../../../server/resources/stored.ts';
import { planQuery, readQuery } from '../../../server/search/analysis/index.ts';
import { indexSettings } from '../../../server/search/index-settings.ts';
import { Indexer } from '../../../server/search/indexer.ts';
import { openEmbedded } from '../../../storage/search/embedded.ts';
import {
  type SearchEngine,
  type SearchIndex,
  SearchUnavailable,
} from '../../../storage/search/search-index.ts';
import { eventually } from '../../eventually.ts';
import { openDocuments } from '../embedded-documents.ts';
import { analysis } from './search-room.ts';

openDocuments();

const platform = { clock: () => new Date() } as Parameters<typeof publish>[0];
const author: Member = {
  id: 'a'.repeat(24),
  name: '李作者',
  organisation: 'b'.repeat(24),
  roles: ['author'],
};
const settings = indexSettings([]);
const log = pino({ level: 'silent' });

let folder: string;
let embedded: SearchEngine;
let isAway: boolean;
let indexer: Indexer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-'));
  embedded = await openEmbedded(folder);
  isAway = false;
  await ResourceModel.deleteMany({});
});
afterEach(async () => {
  await indexer?.stop();
  await embedded.close();
  await rm(folder, { recursive: true });
});

/** The embedded engine; while it is away, it answers nothing. */
const engine = (): SearchEngine => {
  const here = () => {
    if (isAway) throw new SearchUnavailable('away');
  };
  return {
    ...embedded,
    current: async () => {
      here();
      return embedded.current();
    },
    open: async (wanted) => {
      here();
      return embedded.open(wanted);
    },
    promote: async (version) => {
      here();
      await embedded.promote(version);
    },
  };
};

function start(from = settings): Indexer {
  indexer = new Indexer({ engine: engine(), settings: from, analysis, log });
  indexer.start();
  return indexer;
}

async function published(title: string): Promise<string> {
  const draft: Draft = {
    title,
    summary: '',
    level: 'module',
    majors: [],
    courses: [],
    jobs: [],
    certificates: [],
    tags: [],
    materialType: null,
    language: 'zh-CN',
    licence: 'group-only',
    creators: [],
    audience: { scope: 'self' },
    files: [{ path: 'a.md', size: 1, mediaType: 'text/markdown', sha256: 'a', crc32: 0 }],
    fileCount: 1,
    bytes: 1,
    cover: null,
    basedOn: 0,
  };
  const resource = new ResourceModel({
    kind: 'courseware',
    organisation: author.organisation,
    owner: author.id,
    scope: 'self',
    draft,
    createdAt: new Date(),
  });
  await commit(platform, author, resource, 'created');
  await publish(platform, author, resource.id, '');
  return resource.id;
}

async function found(text: string): Promise<string[]> {
  const query = planQuery(readQuery(text, analysis.dictionary), 'words', analysis.dictionary);
  const index = await embedded.current();
  const answer = await index?.search({ audience: 'all', query, limit: 50, now: 0 });
  return answer?.hits.map(({ id }) => id) ?? [];
}

const stale = () => ResourceModel.countDocuments({ staleSince: { $gt: new Date(0) } });

const current = async (): Promise<SearchIndex> => {
  const index = await embedded.current();
  if (!index) throw new Error('no index answers yet');
  return index;
};

test('what is published while the engine is away is found once it is back, without a restart', async () => {
  const before = await published('液压回路');
  start();
  await eventually(async () => expect(await found('液压回路')).toEqual([before]));
  isAway = true;
  const during = [await published('气动回路甲'), await published('气动回路乙')];
  await ResourceModel.updateOne({ _id: before }, { withdrawn: { at: new Date() }, staleSince: new Date() });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await found('气动回路')).toEqual([]);
  isAway = false;
  await eventually(async () => expect((await found('气动回路')).sort()).toEqual(during.sort()), 20_000);
  expect(await found('液压回路')).toEqual([]);
  await eventually(async () => expect(await stale()).toBe(0));
});

test('an engine that is away when the product starts is filled when it comes', async () => {
  const id = await published('钳工锉削');
  isAway = true;
  start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  isAway = false;
  indexer?.rebuild();
  await eventually(async () => expect(await found('锉削')).toEqual([id]));
});

test('a comparison puts back what the index lost and takes out what it should not have', async () => {
  const id = await published('磨床操作');
  start();
  await eventually(async () => expect(await found('磨床')).toEqual([id]));
  // What it does by itself at the start is over: it would put right what follows.
  await eventually(async () => expect(indexer?.compared).toBeDefined());
  await eventually(async () => expect(await stale()).toBe(0));
  const index = await current();
  const stray = { audience: ['group'], terms: { title: ['磨床'] }, facets: {}, numbers: {}, stored: '{}' };
  await index.apply({
    put: [{ ...stray, id: 'f'.repeat(24), revision: 1, passages: [] }],
    remove: [id],
  });
  expect(await found('磨床')).not.toContain(id);
  await eventually(async () => expect(await indexer?.compare()).toEqual({ checked: 1, put: 1, removed: 1 }));
  expect(await found('磨床')).toEqual([id]);
});

test('other settings get an index beside the one that answers, which then takes over', async () => {
  const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => published(`铣削练习${n}号`)));
  await start().compare();
  await eventually(async () => expect(await found('铣削')).toHaveLength(50));
  await indexer?.stop();
  const next = { ...settings, version: 'resources-next' };
  const building = new Indexer({ engine: engine(), settings: next, analysis, log });
  const comparing = building.compare();
  let isOver = false;
  void comparing.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    expect(await found('铣削')).toHaveLength(50);
    await turn(); // what was asked before is answered at once, without giving others theirs
  }
  expect(await comparing).toMatchObject({ put: ids.length });
  expect((await current()).version).toBe('resources-next');
});

test('comparisons that are asked for at the same time come one after the other', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => published(`刨削练习${n}号`)));
  for (let round = 0; round < 5; round++) {
    const version = `resources-round-${round}`;
    const one = new Indexer({ engine: engine(), settings: { ...settings, version }, analysis, log });
    const all = await Promise.all([one.compare(), one.compare(), one.compare()]);
    expect(all.map(({ put }) => put)).toEqual([40, 0, 0]);
    expect((await current()).version).toBe(version);
  }
});
