import { beforeAll, describe, expect, test } from '@jest/globals';
import { dayOf } from '../../server/calendar.ts';
import type { ProblemBody } from '../../server/http/contract.ts';
import { startDraft, updateResource, withdrawResource } from '../../server/resources/contract.ts';
import {
  forgetSearch,
  hitOpened,
  listSavedSearches,
  markSearchSeen,
  SearchQuestion,
  saveSearch,
  search,
  searchReport,
  similarTo,
  suggest,
} from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { publishedBy } from './build-resource.ts';
import type { Caller } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let reviewer: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'], name: '李作者' });
  [reviewer, stranger] = await Promise.all([
    group.member({ roles: ['reviewer'], organisation: author.organisation }),
    group.member(),
  ]);
});

const publish = (description: Parameters<typeof publishedBy>[2]) =>
  publishedBy(author, reviewer, description);

async function find(by: Caller, q: string, query: Record<string, unknown> = {}) {
  return must(await by.call(search, { query: { q, ...query } })).body;
}

/** Asks until so many are found: a published resource is found within a second. */
const soon = (by: Caller, q: string, total: number) =>
  eventually(async () => {
    const answer = await find(by, q);
    expect(answer.total).toBe(total);
    return answer;
  });

const titles = (answer: { items: { title: string }[] }) => answer.items.map(({ title }) => title);

describe('search', () => {
  test('finds what has just been published by a part of its title, with the match marked', async () => {
    await publish({ title: '机电设备虚拟仿真实训指导', summary: '面向机电一体化技术专业' });
    const answer = await soon(stranger, '仿真', 1);
    expect(answer).toMatchObject({ total: 1, degraded: false, strictness: 'words' });
    expect(answer.items[0]).toMatchObject({
      title: '机电设备虚拟仿真实训指导',
      kind: 'courseware',
      state: 'published',
      organisation: author.organisation,
      fileCount: 1,
      highlights: { title: '机电设备虚拟<mark>仿真</mark>实训指导' },
    });
    expect(titles(await find(stranger, 'xnfz'))).toEqual(['机电设备虚拟仿真实训指导']);
  });

  test('gives each searcher their own hits, totals and counts', async () => {
    const audiences = [
      ['液压回路甲', { scope: 'public' }],
      ['液压回路乙', { scope: 'group' }],
      ['液压回路丙', { scope: 'organisation' }],
      ['液压回路丁', { scope: 'organisations', organisations: [stranger.organisation] }],
    ] as const;
    for (const [title, { ...audience }] of audiences)
      await publish({
        title,
        audience:
          'organisations' in audience
            ? { ...audience, organisations: [...audience.organisations] }
            : audience,
      });
    await soon(author, '液压回路', 4);
    const seen = async (by: Caller) => {
      const { items, total, facets } = await find(by, '液压回路');
      expect(total).toBe(items.length);
      expect(facets.kind).toEqual([{ value: 'courseware', label: '模块化课件', count: total }]);
      return items.map(({ title }) => title.at(-1)).sort();
    };
    expect(await seen(group.visitor)).toEqual(['甲']);
    expect(await seen(stranger)).toEqual(['丁', '乙', '甲'].sort());
    expect(await seen(author)).toEqual(['甲', '乙', '丙', '丁'].sort());
    const suggestions = must(await group.visitor.call(suggest, { query: { q: '液压回路' } })).body.items;
    expect(suggestions.filter(({ kind }) => kind === 'resource').map(({ text }) => text)).toEqual([
      '液压回路甲',
    ]);
  });

  test('narrows by facets, a major standing for everything below it', async () => {
    await publish({ title: '增材制造切片甲', majors: ['460103'], materialType: 'video', tags: ['切片'] });
    await publish({ title: '增材制造切片乙', majors: ['460301'], kind: 'textbook', tags: ['切片'] });
    await soon(stranger, '增材制造切片', 2);
    expect(titles(await find(stranger, '增材制造切片', { major: ['4603'] }))).toEqual(['增材制造切片乙']);
    const narrowed = await find(stranger, '增材制造切片', { kind: ['textbook'] });
    expect(narrowed.total).toBe(1);
    expect(narrowed.facets.kind).toHaveLength(2);
    expect(narrowed.facets.major).toContainEqual({
      value: '460301',
      label: '机电一体化技术',
      count: 1,
      parent: '4603',
    });
    expect(titles(await find(stranger, '专业:机电一体化 切片'))).toEqual(['增材制造切片乙']);
    expect((await find(stranger, '增材制造切片', { kind: ['textbook', 'courseware'] })).total).toBe(2);
  });

  test('counts a course once, however authors called it', async () => {
    for (const [n, course] of ['plc', 'PLC应用技术', 'PLC applications', '可编程控制器'].entries())
      await publish({ title: `电梯联锁 ${n}`, courses: [course] });
    await soon(stranger, '电梯联锁', 4);
    const { course } = (await find(stranger, '电梯联锁')).facets;
    expect(course?.filter(({ value }) => value !== 'automation-courses')).toEqual([
      { value: 'plc', label: 'PLC 应用技术', count: 4, parent: 'automation-courses' },
    ]);
  });

  test('pages through all hits, each once', async () => {
    for (const n of [1, 2, 3, 4, 5]) await publish({ title: `气动剪切回路 ${n}` });
    await soon(stranger, '气动剪切回路', 5);
    const seen: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await find(stranger, '气动剪切回路', { limit: 2, cursor });
      seen.push(...titles(page));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  test('follows changes: a new version, and a withdrawal', async () => {
    const { id } = await publish({ title: '铣削台阶面' });
    await soon(stranger, '铣削台阶面', 1);
    const draft = must(await author.call(startDraft, { params: { id }, body: {} })).body;
    must(
      await author.call(updateResource, {
        params: { id },
        body: { title: '铣削燕尾槽' },
        ifMatch: draft.revision,
      }),
    );
    expect((await find(stranger, '"铣削燕尾槽"')).total).toBe(0);
    must(await author.call(withdrawResource, { params: { id }, body: { reason: '过时' } }));
    const gone = await soon(author, '"铣削台阶面"', 0);
    expect(gone.items).toEqual([]);
  });

  test('puts a misspelled trade word right', async () => {
    await publish({ title: '数控车床维护' });
    await soon(stranger, '数控车床维护', 1);
    const answer = await find(stranger, '数空车床');
    expect(answer.didYouMean).toEqual({ text: '数控车床', answered: true });
    expect(titles(answer)).toContain('数控车床维护');
  });

  test('a character that stands alone beside a word is looked for where it was typed, not taken for a mistake', async () => {
    await publish({ title: '设备点检表', summary: '开机前检查液压油位是否正常' });
    for (const n of [1, 2, 3]) await publish({ title: `液压油的选用（${n}）` });
    await soon(stranger, '液压油的选用', 3);
    const answer = await find(stranger, '液压油位');
    expect(answer).toMatchObject({ total: 4, strictness: 'longer' });
    expect(answer).not.toHaveProperty('didYouMean');
    expect(answer.items[0]).toMatchObject({
      title: '设备点检表',
      highlights: { summary: '开机前检查<mark>液压油位</mark>是否正常' },
    });
    await publish({ title: '液压油位计选型' });
    await publish({ title: '液压油位告警' });
    expect(await soon(stranger, '液压油位', 3)).toMatchObject({ strictness: 'words' });
  });

  test('says truly how much of the question was found, and names what was not', async () => {
    for (const title of ['TwinCAT 控制铣床主轴', 'TwinCAT 控制传送带']) await publish({ title });
    await soon(stranger, 'TwinCAT', 2);
    expect(titles(await find(stranger, 'twincat 铣'))[0]).toBe('TwinCAT 控制铣床主轴');
    const half = await find(stranger, 'TwinCAT 锻');
    expect(half).toMatchObject({ total: 2, strictness: 'half', missing: ['锻'] });
    const any = await find(stranger, '锻 twinCAT ＷＡＬＺＷＥＲＫ');
    expect(any).toMatchObject({ total: 2, strictness: 'any', missing: ['锻', 'ＷＡＬＺＷＥＲＫ'] });
    const apart = await find(stranger, '铣床 传送带');
    expect(apart).toMatchObject({ total: 2, strictness: 'half' });
    expect(apart).not.toHaveProperty('missing');
  });

  test('never ends in nothing: terms that come near are offered', async () => {
    const answer = await find(stranger, '控数');
    expect(answer.total).toBe(0);
    expect(answer.neighbours?.length).toBeGreaterThan(0);
  });
});

describe('odd requests', () => {
  test.each([
    'foo=1',
    'kind=book',
    'sort=best',
    'limit=0',
    'limit=1000',
    'cursor=abc',
    'year=20x6',
    'organisation=1',
    'q[$ne]=1',
  ])('%s is refused with the field named', async (query) => {
    const answer = await group.visitor.fetch(`/api/search?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    '"',
    '-',
    '" OR 1=1 --',
    "'; DROP TABLE docs",
    'audience = "admin"',
    '专业:',
    '%00',
    '\u202e',
    '🚀',
    '((((',
  ])('q=%s is answered', async (q) => {
    const answer = await group.visitor.fetch(`/api/search?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(200);
  });
});

test.each(['/api/search', '/api/suggest'])(
  '%s leaves out what a pasted text has between its characters, and refuses what no text has',
  async (path) => {
    const ask = (q: string) => group.visitor.fetch(`${path}?q=${q}`);
    const plain = await (await ask(encodeURIComponent('数控 车床'))).json();
    const pasted = await ask(encodeURIComponent('\u200e数\u200b控\ufeff\n车\u00ad床\u2060'));
    expect([pasted.status, await pasted.json()]).toEqual([200, plain]);
    for (const q of ['%00', 'a%00b', '%1B']) {
      const answer = await ask(q);
      expect([answer.status, (await answer.json()) as ProblemBody]).toMatchObject([
        400,
        { errors: [{ in: 'query', field: 'q' }] },
      ]);
    }
  },
);

test('a query of ten thousand characters is refused', async () => {
  const answer = await group.visitor.fetch(`/api/search?q=${'数'.repeat(10_000)}`);
  expect([400, 431]).toContain(answer.status);
});

describe('suggestions', () => {
  test('complete by initials and pinyin', async () => {
    await publish({ title: '数控铣床对刀' });
    const ask = async (q: string) =>
      must(await stranger.call(suggest, { query: { q, limit: 20 } })).body.items;
    await eventually(async () => {
      expect((await ask('skxc')).map(({ text }) => text)).toContain('数控铣床对刀');
    });
    expect((await ask('sk')).map(({ text }) => text)).toContain('数控技术');
    expect((await ask('shukongji')).map(({ text }) => text)).toContain('数控技术');
    expect(await ask('')).toEqual([]);
  });

  test('put what begins as typed by its own name first, and say by which other name a term was found', async () => {
    const { items } = must(await stranger.call(suggest, { query: { q: '数', limit: 20 } })).body;
    const terms = items.filter(({ kind }) => kind === 'term');
    expect(terms[0]).toMatchObject({ text: '数控技术', marked: '<mark>数</mark>控技术' });
    expect(terms.map(({ text }) => text)).not.toContain('车工');
    const found = must(await stranger.call(suggest, { query: { q: '数控车工', limit: 20 } })).body.items;
    expect(found[0]).toMatchObject({ text: '车工', otherName: '<mark>数控车工</mark>' });
    expect(terms.every(({ otherName }) => otherName === undefined)).toBe(true);
  });

  test('take the last character for the beginning of a word, and do without it when none begins so', async () => {
    for (const title of ['数控铣床的编程', '数控铣床编程']) await publish({ title });
    const resources = async (q: string) =>
      must(await stranger.call(suggest, { query: { q, limit: 20 } }))
        .body.items.filter(({ kind }) => kind === 'resource')
        .map(({ text }) => text);
    await eventually(async () =>
      expect(await resources('数控铣床')).toEqual(expect.arrayContaining(['数控铣床的编程', '数控铣床编程'])),
    );
    const typed = await resources('数控铣床编');
    expect(typed[0]).toBe('数控铣床编程');
    expect(typed).toContain('数控铣床的编程');
  });
});

test('hits are narrowed by size and by the day of publishing, and sizes are counted', async () => {
  await publish({ title: '珩磨工艺要点' });
  const found = await soon(stranger, '珩磨工艺', 1);
  expect(found.sizes.map(({ count }) => count)).toEqual([1, 0, 0, 0]);
  const today = dayOf(new Date());
  expect(
    (await find(stranger, '珩磨工艺', { sizeTo: 1000, publishedFrom: today, publishedTo: today })).total,
  ).toBe(1);
  expect((await find(stranger, '珩磨工艺', { sizeFrom: 1000 })).total).toBe(0);
  expect((await find(stranger, '珩磨工艺', { publishedTo: '2020-01-01' })).total).toBe(0);
});

test('similar resources share words and terms, without itself and what one may not see', async () => {
  const { id } = await publish({ title: '滚齿机调整与操作', tags: ['滚齿'] });
  const near = await publish({ title: '滚齿机日常维护', tags: ['滚齿'] });
  await publish({ title: '滚齿机内部教案', tags: ['滚齿'], audience: { scope: 'organisation' } });
  await soon(author, '滚齿机', 3);
  const similar = async (by: Caller) =>
    must(await by.call(similarTo, { params: { id }, query: {} })).body.items.map(({ title }) => title);
  expect((await similar(author)).slice(0, 2).sort()).toEqual(['滚齿机内部教案', '滚齿机日常维护']);
  const seen = await similar(stranger);
  expect(seen[0]).toBe(near.title);
  expect(seen).not.toContain('滚齿机内部教案');
  // One that mentions everything, but is about something else, is not nearer.
  await publish({ title: '插齿刀刃磨', summary: '刃磨后在滚齿机调整与操作实训中使用' });
  await soon(stranger, '插齿刀', 1);
  expect((await similar(stranger))[0]).toBe(near.title);
  const gone = await stranger.call(similarTo, { params: { id: 'f'.repeat(24) }, query: {} });
  expect(gone.status).toBe(404);
});

test('a saved search tells its new hits, of what its member may see, until they are seen', async () => {
  const question = SearchQuestion.parse({ q: '线切割慢走丝' });
  const saved = must(await stranger.call(saveSearch, { body: { question } })).body;
  expect(saved).toMatchObject({ question: { q: '线切割慢走丝' }, fresh: 0 });
  const again = must(await stranger.call(saveSearch, { body: { question } })).body;
  expect(again.id).toBe(saved.id);
  await publish({ title: '线切割慢走丝加工' });
  await publish({ title: '线切割慢走丝内部资料', audience: { scope: 'organisation' } });
  await soon(author, '线切割慢走丝', 2);
  const mine = async (by: Caller) => must(await by.call(listSavedSearches)).body.items;
  expect(await mine(stranger)).toMatchObject([{ id: saved.id, fresh: 1 }]);
  expect(await mine(author)).toEqual([]);
  const params = { id: saved.id };
  expect((await author.call(markSearchSeen, { params, body: {} })).status).toBe(404);
  expect((await author.call(forgetSearch, { params })).status).toBe(404);
  must(await stranger.call(markSearchSeen, { params, body: {} }));
  expect(await mine(stranger)).toMatchObject([{ fresh: 0 }]);
  must(await stranger.call(forgetSearch, { params }));
  expect(await mine(stranger)).toEqual([]);
});

test.each([
  { q: 'half \ud800' },
  { q: 'a\u0000b' },
  { mediaType: ['x'.repeat(500_000)] },
  { kind: 'xr' },
  ...['5', true, null, [], ''].flatMap((size) => [{ sizeFrom: size }, { sizeTo: size }]),
])('%j is no question to be kept, and is refused with the field named', async (question) => {
  const answer = await stranger.fetch('/api/me/searches', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Courseyard': '1' },
    body: JSON.stringify({ question }),
  });
  expect(answer.status).toBe(400);
  const [field] = Object.keys(question);
  const { errors } = (await answer.json()) as { errors: { field: string }[] };
  expect(errors[0]?.field).toMatch(new RegExp(`^question\\.${field}`));
  expect(must(await stranger.call(listSavedSearches)).body.items).toEqual([]);
});

test('what cannot be seen is no question whose hit was opened', async () => {
  const { status } = await stranger.call(hitOpened, { body: { q: 'a\u0000b' } });
  expect(status).toBe(400);
});

test('the report names questions that lead nowhere, to curators alone', async () => {
  for (const _ of [1, 2]) {
    await find(stranger, '蒸汽机车锅炉');
    await find(stranger, '虚拟仿真');
    await find(stranger, '仿真');
  }
  must(await stranger.call(hitOpened, { body: { q: '仿真' } }));
  expect((await stranger.call(searchReport, { query: {} })).status).toBe(403);
  const { empty, unopened } = must(await group.admin.call(searchReport, { query: {} })).body;
  expect(empty).toContainEqual({ q: '蒸汽机车锅炉', asked: 2, empty: 2, opened: 0 });
  expect(unopened).toContainEqual({ q: '虚拟仿真', asked: 2, empty: 0, opened: 0 });
  expect(unopened.map(({ q }) => q)).not.toContain('仿真');
});

test('while the engine is away, titles, tags and terms are searched in the database, and that is said', async () => {
  const away = await startGroup({ MEILI_URL: 'http://127.0.0.1:9' });
  const writer = await away.member({ roles: ['author'] });
  const decider = await away.member({ roles: ['reviewer'], organisation: writer.organisation });
  const other = await away.member();
  await publishedBy(writer, decider, { title: '铰孔练习', tags: ['铰刀'], majors: ['460301'] });
  await publishedBy(writer, decider, { title: '铰孔内部', audience: { scope: 'organisation' } });
  for (const q of ['铰孔', '铰刀', '机电一体化技术', '机电一体化技术响']) {
    const answer = await find(other, q);
    expect(answer).toMatchObject({ degraded: true, total: 1, items: [{ title: '铰孔练习' }] });
  }
  expect((await find(other, '滚齿')).items).toEqual([]);
  expect(must(await other.call(listSavedSearches)).body.items).toEqual([]);
});
