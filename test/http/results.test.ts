import { beforeAll, expect, test } from '@jest/globals';
import { exportResults, keepAttempt, listResults, ownResults } from '../../server/attempts/contract.ts';
import { launchUnit } from '../../server/cmi5/contract.ts';
import { getResource, shareResource } from '../../server/resources/contract.ts';
import { published, uploadFiles } from '../browser/build-library.ts';
import { scorm12 } from '../browser/pack-zip.ts';
import { draftOf } from './build-resource.ts';
import { launchedUnit, results as told } from './launched-unit.ts';
import { lathe, units } from './pack-cmi5.ts';
import { type Caller, refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let learner: SignedIn;
beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  learner = await group.member({ organisation: (await group.organisation()).id, name: '=周同学' });
});

const learn = (by: Caller, id: string, cmi: Record<string, unknown>, opening = 'first') =>
  by.call(keepAttempt, {
    params: { id, version: 'newest', path: '对刀.zip' },
    body: { item: 'one', cmi, opening },
  });
const listFor = (by: Caller, id: string, query = {}) => by.call(listResults, { params: { id }, query });
const ownOf = async (by: Caller, id: string, path: string) =>
  must(await by.call(ownResults, { params: { id, version: 'newest', path } })).body.items;

test('a learner sees their own result beside the package, and those in charge of the resource see it with their name', async () => {
  const id = await published(author, group.admin, { '对刀.zip': await scorm12() });
  const half = { core: { lesson_status: 'incomplete', total_time: '0000:02:00' } };
  const whole = { core: { lesson_status: 'passed', score: { raw: '86' }, total_time: '0000:05:30.5' } };
  must(await learn(learner, id, half));
  must(await learn(learner, id, whole, 'second'));
  must(await learn(group.visitor, id, whole));

  const reached = {
    file: '对刀.zip',
    item: 'one',
    title: '第一课 试切',
    openings: 2,
    completion: 'completed',
    success: 'passed',
    score: 86,
    seconds: 330.5,
  };
  expect(await ownOf(learner, id, '对刀.zip')).toMatchObject([reached]);
  for (const other of [author, group.visitor]) expect(await ownOf(other, id, '对刀.zip')).toEqual([]);
  const { items } = must(await listFor(author, id)).body;
  expect(items).toMatchObject([{ ...reached, member: { id: learner.id, name: '=周同学' } }]);
  expect(items[0]?.organisation.id).toBe(learner.organisation);
  expect(JSON.stringify(items)).not.toContain('@');
});

test('results are seen by owner, editors and administrators; by nobody else, however much they may read', async () => {
  const id = await published(author, group.admin, { '对刀.zip': await scorm12() });
  const inside = { organisation: author.organisation };
  const elsewhere = { organisation: learner.organisation };
  const colleague = await group.member(inside);
  const administrator = await group.member({ ...inside, roles: ['organisation-admin'] });
  const strangers = [
    await group.member({ ...elsewhere, roles: ['author'] }),
    await group.member({ ...elsewhere, roles: ['organisation-admin'] }),
    await group.member({ ...inside, roles: ['reviewer'] }),
    await group.member({ ...inside, groupRoles: ['curator'] }),
    colleague,
    learner,
  ];
  const export_ = (by: Caller) => by.call(exportResults, { params: { id } });
  for (const by of strangers)
    for (const answer of [await listFor(by, id), await export_(by)])
      expect(refusal(answer).type).toContain('access/forbidden');
  expect(refusal(await listFor(group.visitor, id)).type).toContain('sign-in-needed');
  const hidden = await published(
    author,
    group.admin,
    { '对刀.zip': await scorm12() },
    { audience: { scope: 'organisation' } },
  );
  expect(refusal(await listFor(learner, hidden)).type).toContain('access/not-found');

  for (const by of [author, administrator, group.admin]) {
    expect(must(await listFor(by, id)).status).toBe(200);
    expect(must(await by.call(getResource, { params: { id }, query: {} })).body.can).toContain('assess');
  }
  expect(must(await learner.call(getResource, { params: { id }, query: {} })).body.can).not.toContain(
    'assess',
  );
  must(await author.call(shareResource, { params: { id }, body: { editors: [colleague.id] } }));
  expect(must(await listFor(colleague, id)).status).toBe(200);
});

test('the list goes on by cursor, the latest first, and comes as a table that spreadsheets open', async () => {
  const id = await published(author, group.admin, { '对刀.zip': await scorm12() });
  const cmi = { core: { lesson_status: 'completed', total_time: '0026:03:09' } };
  const others = await Promise.all([1, 2].map(() => group.member()));
  for (const by of [learner, ...others]) must(await learn(by, id, cmi));
  const first = must(await listFor(author, id, { limit: 2 })).body;
  const second = must(await listFor(author, id, { limit: 2, cursor: first.next })).body;
  const members = [...first.items, ...second.items].map(({ member }) => member.id);
  expect(members).toEqual([...others.map(({ id: one }) => one).reverse(), learner.id]);
  expect(second.next).toBeUndefined();
  expect(refusal(await listFor(author, id, { cursor: 'xx' })).type).toContain('http/bad-cursor');

  const table = await author.fetch(`/api/resources/${id}/results.csv`, {
    headers: { 'Accept-Language': 'zh-CN' },
  });
  expect(table.headers.get('content-type')).toContain('text/csv');
  const text = Buffer.from(await table.arrayBuffer()).toString('utf8');
  expect(text).toMatch(/^\uFEFF成员,成员单位,课件,章节,打开次数,完成,通过,得分,用时,首次学习,最近学习\n/);
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatch(
    /^'=周同学,.*,对刀\.zip,第一课 试切,1,已完成,,,26:03:09,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/,
  );
});

test('what is tried out in a draft counts for nothing', async () => {
  const { id } = await draftOf(author);
  await uploadFiles(author, id, { '对刀.zip': await scorm12() });
  const params = { id, version: 'draft' as const, path: '对刀.zip' };
  const cmi = { core: { lesson_status: 'passed' } };
  must(await author.call(keepAttempt, { params, body: { item: 'one', cmi } }));
  expect(must(await author.call(ownResults, { params })).body.items).toEqual([]);
  expect(must(await listFor(author, id)).body.items).toEqual([]);
});

test('units of cmi5 tell of time, score and success; starting over adds to the time and takes nothing away', async () => {
  const id = await published(author, group.admin, { '车床.zip': await lathe() });
  const params = { id, version: 'newest' as const, path: '车床.zip' };
  const launch = async (anew = false) =>
    launchedUnit(must(await learner.call(launchUnit, { params, body: { unit: units.exam, anew } })).body.url);

  const first = await launch();
  expect(await first.say('initialized')).toBe(204);
  expect(await first.say('completed', told.completed)).toBe(204);
  expect(await first.say('passed', told.passed)).toBe(204);
  expect(await first.say('terminated', told.terminated)).toBe(204);
  const passed = { title: '考核', completion: 'completed', success: 'passed', score: 90, seconds: 360 };
  expect(await ownOf(learner, id, '车床.zip')).toMatchObject([{ ...passed, openings: 1 }]);

  const again = await launch(true);
  expect(await again.say('initialized')).toBe(204);
  expect(await again.say('failed', told.failed)).toBe(204);
  const { items } = must(await listFor(author, id)).body;
  expect(items).toMatchObject([{ ...passed, openings: 2, seconds: 660, member: { id: learner.id } }]);
});

/** Learners of two schools, with what each has reached; one of them has begun and has no score yet. Made once. */
let made: ReturnType<typeof makeClass> | undefined;
const aClass = () => (made ??= makeClass());
async function makeClass() {
  const id = await published(author, group.admin, { '对刀.zip': await scorm12() });
  const schools = await Promise.all(['东城职校', '西城职校'].map((name) => group.organisation(name)));
  const reached = [
    ['张三', 0, { lesson_status: 'passed', score: { raw: '95' } }],
    ['李四', 0, { lesson_status: 'failed', score: { raw: '40' } }],
    ['王五', 1, { lesson_status: 'completed', score: { raw: '70' } }],
    ['李小龙', 1, { lesson_status: 'incomplete' }],
  ] as const;
  for (const [name, school, core] of reached) {
    const by = await group.member({ organisation: schools[school]?.id ?? '', name });
    must(await learn(by, id, { core }));
  }
  return { id, schools };
}
/** Names in a list, read page by page. */
async function namesIn(id: string, query = {}, limit = 2) {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = must(await listFor(author, id, { ...query, limit, ...(cursor && { cursor }) })).body;
    expect(page.organisations !== undefined).toBe(cursor === undefined);
    names.push(...page.items.map(({ member }) => member.name));
    cursor = page.next;
  } while (cursor !== undefined);
  return names;
}

test('results are narrowed to a name, a state and an organisation, and the table holds the same rows', async () => {
  const { id, schools } = await aClass();
  const [east, west] = schools;
  expect(await namesIn(id, { q: '李' })).toEqual(['李小龙', '李四']);
  expect(await namesIn(id, { q: 'lisi' })).toEqual(['李四']);
  expect(await namesIn(id, { q: 'ww' })).toEqual(['王五']);
  expect(await namesIn(id, { state: 'passed' })).toEqual(['张三']);
  expect(await namesIn(id, { state: 'failed' })).toEqual(['李四']);
  expect(await namesIn(id, { state: 'completed' })).toEqual(['王五', '李四', '张三']);
  expect(await namesIn(id, { state: 'incomplete' })).toEqual(['李小龙']);
  expect(await namesIn(id, { organisation: west?.id })).toEqual(['李小龙', '王五']);
  expect(await namesIn(id, { organisation: east?.id, q: '李', state: 'failed' })).toEqual(['李四']);
  const { organisations } = must(await listFor(author, id, { q: 'nobody' })).body;
  expect(organisations).toEqual(schools.map(({ id: one, name }) => ({ id: one, name })));

  const table = await author.fetch(
    `/api/resources/${id}/results.csv?sort=name&q=${encodeURIComponent('李')}`,
  );
  const rows = (await table.text()).trim().split('\n').slice(1);
  expect(rows.map((row) => row.split(',')[0])).toEqual(['李四', '李小龙']);
});

test('an e-mail address finds nobody: those in charge of a resource are not told them', async () => {
  const { id } = await aClass();
  expect(await namesIn(id, { q: '@' })).toEqual([]);
  expect(await namesIn(id, { q: 'example' })).toEqual([]);
});

test.each([
  ['latest', ['李小龙', '王五', '李四', '张三']],
  ['earliest', ['张三', '李四', '王五', '李小龙']],
  ['highest', ['张三', '王五', '李四', '李小龙']],
  ['lowest', ['李四', '王五', '张三', '李小龙']],
  ['name', ['李四', '李小龙', '王五', '张三']],
  ['name-descending', ['张三', '王五', '李小龙', '李四']],
] as const)(
  'the order "%s" holds over all pages, and those without a score come last',
  async (sort, names) => {
    const { id } = await aClass();
    for (const limit of [1, 2, 3, 4]) expect(await namesIn(id, { sort }, limit)).toEqual(names);
    const { next } = must(await listFor(author, id, { sort, limit: 1 })).body;
    const another = sort === 'name' ? 'lowest' : 'name';
    expect(refusal(await listFor(author, id, { sort: another, cursor: next })).type).toContain('bad-cursor');
  },
);

test('by name, the parts of one learner stay together over the end of a page', async () => {
  const id = await published(author, group.admin, { '对刀.zip': await scorm12() });
  const first = await group.member({ name: '安' });
  const second = await group.member({ name: '白' });
  const cmi = { core: { lesson_status: 'completed' } };
  const params = { id, version: 'newest' as const, path: '对刀.zip' };
  for (const item of ['one', 'two', 'three'])
    for (const by of [second, first]) must(await by.call(keepAttempt, { params, body: { item, cmi } }));
  const all = ['安', '安', '安', '白', '白', '白'];
  for (const limit of [1, 2, 4, 6]) expect(await namesIn(id, { sort: 'name' }, limit)).toEqual(all);
});
