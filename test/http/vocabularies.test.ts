import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  countTermUses,
  createResource,
  getResource,
  getVersion,
  listHistory,
  listTermUses,
  updateResource,
  withdrawResource,
} from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import {
  addTerm,
  editTerm,
  exportTerms,
  importTerms,
  listTerms,
  listVocabularies,
  mergeTerm,
  type Term,
} from '../../server/vocabularies/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { type Caller, refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let curator: SignedIn;
let author: SignedIn;
beforeAll(async () => {
  group = await startGroup();
  curator = await group.member({ groupRoles: ['curator'] });
  author = await group.member({ roles: ['author'] });
});

const courses = { key: 'courses' };

async function terms(key: string, q: string): Promise<Term[]> {
  return must(await group.visitor.call(listTerms, { params: { key }, query: { q } })).body.items;
}

async function newTerm(code: string, more: { parent?: string; synonyms?: string[] } = {}): Promise<Term> {
  const labels = { 'zh-CN': `课程 ${code}`, en: '' };
  return must(await curator.call(addTerm, { params: courses, body: { code, labels, ...more } })).body;
}

test('the vocabularies of the field are there at the first start, for everybody', async () => {
  const { items } = must(await group.visitor.call(listVocabularies)).body;
  const counts = Object.fromEntries(items.map(({ key, terms, can }) => [key, { terms, can }]));
  expect(counts).toMatchObject({
    levels: { terms: 4 },
    licences: { terms: 8 },
    'course-structure': { can: [] },
  });
  expect(counts.majors?.terms).toBeGreaterThan(90);
});

test('a list is filtered while typing, by any part of label, synonym or former code', async () => {
  expect((await terms('majors', '数控技')).map((term) => term.code)).toEqual(['460103', '660103', '260103']);
  expect((await terms('majors', 'cnc')).map((term) => term.code)).toContain('460103');
  expect((await terms('majors', '560301')).map((term) => term.code)).toEqual(['460301']);
});

test('a term tells how it is typed in pinyin and by initials, and is listed by them', async () => {
  const typed = await Promise.all(['shukongji', 'skjs', 'CNC'].map((q) => terms('majors', q)));
  for (const found of typed) expect(found.map(({ code }) => code)).toContain('460103');
  expect(typed[0]?.find(({ code }) => code === '460103')?.spellings).toEqual(
    expect.arrayContaining(['shukongjishu', 'skjs']),
  );
});

test('pages of a list follow each other in its order', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 40, ...(cursor && { cursor }) };
    const page = must(await group.visitor.call(listTerms, { params: { key: 'majors' }, query })).body;
    seen.push(...page.items.map((term) => term.code));
    cursor = page.next;
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.slice(0, 3)).toEqual(['46', '4601', '460101']);
});

describe('editing', () => {
  test('is for curators: an author is told so, a visitor is asked to sign in', async () => {
    const body = { code: 'x-1', labels: { 'zh-CN': '新课程' } };
    expect((await author.call(addTerm, { params: courses, body })).status).toBe(403);
    expect((await group.visitor.call(addTerm, { params: courses, body })).status).toBe(401);
    expect(await terms('courses', 'x-1')).toEqual([]);
  });

  test('a new term stands behind those that are there', async () => {
    await newTerm('behind-1');
    await newTerm('behind-2');
    const { items } = must(await group.visitor.call(listTerms, { params: courses })).body;
    expect(items.slice(-2).map((term) => term.code)).toEqual(['behind-1', 'behind-2']);
  });

  test('a code stands once in a vocabulary', async () => {
    await newTerm('lathe');
    const again = await curator.call(addTerm, {
      params: courses,
      body: { code: 'lathe', labels: { 'zh-CN': '车床' } },
    });
    const { status, type, errors, detail } = refusal(again);
    expect([status, type]).toEqual([409, '/api/problems/vocabularies/code-taken']);
    expect(errors).toEqual([{ in: 'body', field: 'code', message: detail }]);
  });

  test('stands neither below a term that is not there nor below itself, and the field is named', async () => {
    const term = await newTerm('loop-1');
    for (const [parent, type] of [
      ['nope', 'no-such-parent'],
      [term.code, 'circle'],
    ] as const) {
      const answer = await curator.call(editTerm, { params: { ...courses, id: term.id }, body: { parent } });
      const problem = refusal(answer);
      expect(problem.type).toBe(`/api/problems/vocabularies/${type}`);
      expect(problem.errors).toEqual([{ in: 'body', field: 'parent', message: problem.detail }]);
    }
  });

  test('somebody who has not seen the newest state overwrites nothing', async () => {
    const term = await newTerm('honing-1');
    const change = (label: string) =>
      curator.call(editTerm, {
        params: { ...courses, id: term.id },
        body: { labels: { 'zh-CN': label, en: '' } },
        ifMatch: term.revision,
      });
    expect((await change('铣削')).status).toBe(200);
    expect(refusal(await change('磨削'))).toMatchObject({ status: 412, revision: term.revision + 1 });
    expect((await terms('courses', 'honing-1')).map((found) => found.labels['zh-CN'])).toEqual(['铣削']);
  });

  test('a term cannot come to stand below itself', async () => {
    const top = await newTerm('top');
    await newTerm('below', { parent: 'top' });
    const moved = await curator.call(editTerm, {
      params: { ...courses, id: top.id },
      body: { parent: 'below' },
    });
    expect(refusal(moved).type).toBe('/api/problems/vocabularies/circle');
  });

  test('a closed vocabulary takes no new codes, but other words for those it has', async () => {
    const key = 'licences';
    const added = await curator.call(addTerm, {
      params: { key },
      body: { code: 'own', labels: { 'zh-CN': '自有' } },
    });
    expect(refusal(added).type).toBe('/api/problems/vocabularies/closed');
    const [licence] = await terms(key, 'CC0');
    const edited = await curator.call(editTerm, {
      params: { key, id: licence?.id ?? '' },
      body: { synonyms: ['CC0', '公有领域'] },
    });
    expect(must(edited).body.synonyms).toContain('公有领域');
  });
});

describe('merging', () => {
  test('moves words, the terms below and the resources, and the old code leads on', async () => {
    const from = await newTerm('plc-old', { synonyms: ['可编程'] });
    await newTerm('plc-lab', { parent: 'plc-old' });
    const { id } = must(
      await author.call(createResource, {
        body: { kind: 'courseware', title: 'PLC 编程入门', courses: ['plc-old'] },
      }),
    ).body;

    const merged = must(
      await curator.call(mergeTerm, { params: { ...courses, id: from.id }, body: { into: 'plc' } }),
    ).body;

    expect(merged.synonyms).toEqual(expect.arrayContaining(['可编程', '课程 plc-old']));
    expect((await terms('courses', 'plc-lab')).map((term) => term.parent)).toEqual(['plc']);
    expect(await terms('courses', '课程 plc-old')).toHaveLength(1); // the term that took its place
    await eventually(async () =>
      expect(must(await author.call(getResource, { params: { id } })).body.courses).toEqual(['plc']),
    );
  });

  test('is told before how many resources it moves, as published and in drafts of anybody', async () => {
    const uses = (by: Caller, key: string, code: string) => by.call(countTermUses, { params: { key, code } });
    await newTerm('to-count');
    const description = { courses: ['to-count'], audience: { scope: 'organisation' as const } };
    await publishedBy(author, group.admin, { ...description, licence: 'cc-by-4.0' });
    await draftOf(author, description);
    await draftOf(author, description);

    expect(must(await uses(curator, 'courses', 'to-count')).body).toEqual({ published: 1, drafts: 2 });
    expect(must(await uses(curator, 'majors', 'to-count')).body).toEqual({ published: 0, drafts: 0 });
    expect(must(await uses(curator, 'synonyms', 'cnc')).body).toEqual({ published: 0, drafts: 0 });
    expect((await uses(author, 'courses', 'to-count')).status).toBe(403);
  });

  test('into itself, something below or nothing is refused', async () => {
    const term = await newTerm('merge-me');
    await newTerm('merge-below', { parent: 'merge-me' });
    for (const into of ['merge-me', 'merge-below', 'nowhere']) {
      const answer = await curator.call(mergeTerm, { params: { ...courses, id: term.id }, body: { into } });
      const { type, errors, detail } = refusal(answer);
      expect(type).toBe('/api/problems/vocabularies/cannot-merge');
      expect(errors).toEqual([{ in: 'body', field: 'into', message: detail }]);
    }
  });
});

test('how many resources have a term is told to curators, and counts as search does: once under a term above', async () => {
  const open = { audience: { scope: 'public' }, licence: 'cc-by-4.0' } as const;
  for (const described of [
    { majors: ['460701', '460702'], courses: ['无此课程'], jobs: ['6-18-02-04'] },
    { majors: ['460702', '4607'] },
    { majors: [] },
  ])
    await publishedBy(author, group.admin, { ...described, ...open });
  const gone = await publishedBy(author, group.admin, { majors: ['460701'], ...open });
  must(await author.call(withdrawResource, { params: { id: gone.id }, body: { reason: '过时' } }));
  await draftOf(author, { majors: ['4607'], level: 'course' });

  const uses = async (key: string) => {
    const { items } = must(await curator.call(listTermUses, { params: { key } })).body;
    return Object.fromEntries(items.map(({ code, published, drafts }) => [code, [published, drafts]]));
  };
  const majors = await uses('majors');
  expect(majors).toMatchObject({ 4607: [2, 1], 460701: [1, 0], 460702: [2, 0] });
  for (const code of ['4607', '460701', '460702'])
    await eventually(async () => {
      const { total } = must(await curator.call(search, { query: { major: [code] } })).body;
      expect([code, total]).toEqual([code, majors[code]?.[0]]);
    });
  expect(Object.keys(await uses('courses'))).not.toContain('无此课程');
  expect((await uses('jobs'))['6-18-02-04']?.[0]).toBeGreaterThan(0);
  expect((await uses('levels')).course).toEqual([0, 1]);
  expect((await uses('licences'))['cc-by-4.0']?.[0]).toBeGreaterThan(2);
  expect(await uses('synonyms')).toEqual({});
  for (const by of [author, group.visitor])
    expect((await by.call(listTermUses, { params: courses })).status).toBeGreaterThan(400);
});

test('what has a term is found by its new name, and under the term that it was moved below', async () => {
  const term = await newTerm('laser');
  await newTerm('beams');
  const { id } = await publishedBy(author, group.admin, { courses: ['laser'] });
  const finds = (query: { q?: string; course?: string[] }) =>
    eventually(async () => {
      const { items } = must(await author.call(search, { query })).body;
      expect(items.map((item) => item.id)).toContain(id);
    }, 30_000);
  await finds({ q: '课程 laser' });
  const params = { ...courses, id: term.id };
  must(
    await curator.call(editTerm, {
      params,
      body: { labels: { 'zh-CN': '激光熔覆工艺', en: '' }, parent: 'beams' },
    }),
  );
  await finds({ q: '激光熔覆工艺' });
  await finds({ course: ['beams'] });
});

describe('what a resource is about', () => {
  const described = async (id: string) =>
    must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body;

  test('is stored as codes, also when it is told by names; words that no term goes by stay words', async () => {
    const { id } = await draftOf(author, {
      majors: ['智能焊接技术'],
      courses: ['PLC应用技术', 'gas metal arc welding', '激光熔覆', 'plc'],
      jobs: ['电焊工'],
      certificates: ['特殊焊接技术（初级）'],
      materialType: '微课',
    });
    expect(await described(id)).toMatchObject({
      majors: ['460110'],
      courses: ['plc', 'gas-shielded-welding', '激光熔覆'],
      jobs: ['6-18-02-04'],
      certificates: ['special-welding-1'],
      materialType: 'micro-lesson',
    });
    must(await author.call(updateResource, { params: { id }, body: { courses: ['氩弧焊', '激光熔覆'] } }));
    expect((await described(id)).courses).toEqual(['tig-welding', '激光熔覆']);
  });

  test('never gets a merged code: the term that took its place is stored, at once and over several merges', async () => {
    for (const code of ['laser-1', 'laser-2', 'laser-3']) await newTerm(code);
    for (const [from, into] of [
      ['laser-1', 'laser-2'],
      ['laser-2', 'laser-3'],
    ] as const) {
      const [term] = await terms('courses', `课程 ${from}`);
      const params = { ...courses, id: term?.id ?? '' };
      must(await curator.call(mergeTerm, { params, body: { into } }));
    }
    const { id } = await draftOf(author, { courses: ['laser-1'] });
    expect((await described(id)).courses).toEqual(['laser-3']);
    must(await author.call(updateResource, { params: { id }, body: { courses: ['plc', 'laser-2'] } }));
    expect((await described(id)).courses).toEqual(['plc', 'laser-3']);
  });

  test('moves from a word to the term that a curator adds for it, in what is published, too, but not in its versions', async () => {
    const { id } = await publishedBy(author, group.admin, { courses: ['增材修复'] });
    await newTerm('repair', { synonyms: ['增材 修复'] });
    await eventually(async () => {
      const { courses, version } = must(await author.call(getResource, { params: { id }, query: {} })).body;
      expect([courses, version]).toEqual([['repair'], 1]);
    });
    const history = must(await author.call(listHistory, { params: { id }, query: {} })).body.items;
    expect(history[0]).toMatchObject({
      what: 'terms-replaced',
      by: { name: '系统' },
      changes: [{ field: 'courses', before: ['增材修复'], after: ['repair'] }],
    });
    const first = must(await author.call(getVersion, { params: { id, number: 1 } })).body;
    expect(first.courses).toEqual(['增材修复']);
  });
});

describe('CSV', () => {
  test('what is exported imports again without a change', async () => {
    const csv = must(await group.visitor.call(exportTerms, { params: { key: 'majors' } })).body;
    const { applied, rows } = must(
      await curator.call(importTerms, { params: { key: 'majors' }, body: { csv, dryRun: true } }),
    ).body;
    expect(applied).toBe(false);
    expect(rows.filter((row) => row.change !== 'same')).toEqual([]);
  });

  const taken = async (key: string, csv: string) =>
    must(await curator.call(importTerms, { params: { key }, body: { csv, dryRun: false } })).body;

  test('with rows at fault nothing is taken over, and each is named with its reason', async () => {
    await newTerm('vr-old');
    const [old] = await terms('courses', 'vr-old');
    const params = { ...courses, id: old?.id ?? '' };
    must(await curator.call(mergeTerm, { params, body: { into: 'robot-welding' } }));
    const { applied, rows } = await taken(
      'courses',
      [
        'code,parent,zh-CN',
        'welding-vr,,焊接虚拟仿真',
        'welding-ar,nowhere,焊接增强现实',
        'welding-vr,vr-old,又一个',
        'vr-old,,旧的',
        'arc-welding,arc-welding,焊条电弧焊',
        'unnamed',
      ].join('\n'),
    );
    expect(applied).toBe(false);
    expect(rows.map(({ row, change, faults }) => [row, change, faults])).toEqual([
      [2, 'new', []],
      [3, 'fault', [{ column: 'parent', fault: 'no-such-term', value: 'nowhere' }]],
      [
        4,
        'fault',
        [
          { column: 'code', fault: 'twice', value: 'welding-vr' },
          { column: 'parent', fault: 'merged', value: 'vr-old', into: 'robot-welding' },
        ],
      ],
      [5, 'fault', [{ column: 'code', fault: 'merged', value: 'vr-old', into: 'robot-welding' }]],
      [6, 'fault', [{ column: 'parent', fault: 'circle', value: 'arc-welding' }]],
      [7, 'fault', [{ column: 'zh-CN', fault: 'missing', value: '' }]],
    ]);
    expect(await terms('courses', 'welding-vr')).toEqual([]);
    expect((await taken('licences', 'code,zh-CN\nown,自有\n')).rows[0]?.faults).toEqual([
      { column: 'code', fault: 'closed', value: 'own' },
    ]);
  });

  test('of which columns are missing leaves these as they are, and tells old and new of those that change', async () => {
    const [before] = await terms('courses', 'cnc-milling');
    const { applied, rows } = await taken('courses', 'code,synonyms\ncnc-milling,数铣|加工中心\nplc\n');
    expect(applied).toBe(true);
    expect(rows.map(({ label, change, cells }) => [label, change, cells])).toEqual([
      [
        '数控铣削编程与加工',
        'changed',
        [{ column: 'synonyms', before: '数控铣床|加工中心', after: '数铣|加工中心' }],
      ],
      ['PLC 应用技术', 'same', []],
    ]);
    const [after] = await terms('courses', 'cnc-milling');
    expect(after).toEqual({
      ...before,
      synonyms: ['数铣', '加工中心'],
      spellings: expect.arrayContaining(['shuxian', 'sx']),
      revision: after?.revision,
    });
  });

  test('with a heading that is no column is refused as a whole, in the language of the curator', async () => {
    const csv = 'code,zh-CN,synonym\ncnc-milling,铣,数铣床\n';
    const answer = await curator.call(importTerms, { params: courses, body: { csv, dryRun: false } });
    expect(refusal(answer)).toMatchObject({
      status: 422,
      type: '/api/problems/vocabularies/unreadable-csv',
      reason: 'unknown-columns',
      columns: ['synonym'],
      detail: expect.stringContaining('没有名为 synonym 的列'),
    });
    expect((await terms('courses', 'cnc-milling'))[0]?.labels['zh-CN']).toBe('数控铣削编程与加工');
  });

  test('good rows are taken over, a child before its parent too', async () => {
    const csv = 'code,parent,zh-CN,synonyms\ngrinding-a,grinding,外圆磨削,磨床|M1432\ngrinding,,磨削\n';
    const result = await curator.call(importTerms, { params: courses, body: { csv, dryRun: false } });
    expect(must(result).body.applied).toBe(true);
    expect((await terms('courses', 'M1432')).map(({ code, parent }) => [code, parent])).toEqual([
      ['grinding-a', 'grinding'],
    ]);
  });
});
