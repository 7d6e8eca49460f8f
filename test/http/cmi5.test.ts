import { beforeAll, describe, expect, test } from '@jest/globals';
import { getAttempt } from '../../server/attempts/contract.ts';
import { getCourse, launchUnit } from '../../server/cmi5/contract.ts';
import { verbs } from '../../server/cmi5/vocabulary.ts';
import { published } from '../browser/build-library.ts';
import { zipOf } from '../zip-of.ts';
import { launchedUnit, masteryOf, results } from './launched-unit.ts';
import { courseXml, lathe, units } from './pack-cmi5.ts';
import { type Caller, refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let id: string;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  id = await published(author, group.admin, {
    '车床.zip': await lathe(),
    '坏课程.zip': await zipOf({ 'cmi5.xml': courseXml().replace('masteryScore="0.8"', 'masteryScore="8"') }),
    '无课程.zip': await zipOf({ 'index.html': '<p>没有课程</p>' }),
  });
}, 120_000);

const at = (path = '车床.zip') => ({ params: { id, version: 'newest' as const, path } });
const courseOf = async (by: Caller) => must(await by.call(getCourse, at())).body;
const launch = async (by: Caller, unit: string, more: { anew?: boolean } = {}) => {
  const { body } = must(await by.call(launchUnit, { ...at(), body: { unit, ...more } }));
  return { ...body, unit: await launchedUnit(body.url) };
};
const partOf = async (by: Caller, unit: string) =>
  (await courseOf(by)).parts.find((part) => part.id === unit);

describe('the course', () => {
  test('is told with its blocks and units, in the language of whoever asks', async () => {
    const course = await courseOf(group.visitor);
    expect(course).toMatchObject({ title: '车床操作', isBegun: false, isSatisfied: false });
    expect(course.parts.map(({ kind, title, depth }) => [kind, title, depth])).toEqual([
      ['block', '第一部分', 0],
      ['unit', '理论', 1],
      ['unit', '考核', 1],
      ['unit', '外部资料', 0],
    ]);
    expect(course.parts[2]?.unit).toEqual({
      progress: 'not-started',
      score: null,
      masteryScore: 80,
      needsWindow: true,
      isHere: true,
    });
    const english = await group.visitor.fetch(
      `/api/resources/${id}/versions/newest/cmi5/${encodeURIComponent('车床.zip')}`,
      { headers: { 'Accept-Language': 'en' } },
    );
    expect(await english.json()).toMatchObject({ title: 'Running a lathe' });
  });

  test('that cannot be read says why, and a unit of another site is not opened', async () => {
    const broken = refusal(await author.call(getCourse, at('坏课程.zip')));
    expect(broken).toMatchObject({ status: 422, type: '/api/problems/cmi5/no-course' });
    expect(broken.detail).toContain('13.1.4');
    expect(refusal(await author.call(getCourse, at('无课程.zip'))).detail).toContain('14.1');
    const elsewhere = { ...at(), body: { unit: units.elsewhere } };
    expect(refusal(await author.call(launchUnit, elsewhere)).type).toContain('cmi5/unit-elsewhere');
    const unknown = { ...at(), body: { unit: 'https://example.org/none' } };
    expect(refusal(await author.call(launchUnit, unknown)).type).toContain('cmi5/no-such-unit');
  });
});

describe('a launch', () => {
  test('gives the unit what cmi5 names, on the content origin, and nothing that tells who the member is', async () => {
    const learner = await group.member();
    const { url, unit, needsWindow } = await launch(learner, units.theory);
    const { origin, pathname, searchParams } = new URL(url);
    expect(new URL(origin).port).toBe(new URL(group.contentUrl).port);
    expect(pathname).toMatch(/\/play\/lesson\/index\.html$/);
    expect([...searchParams.keys()].sort()).toEqual(
      ['activityId', 'actor', 'endpoint', 'fetch', 'look', 'page', 'registration'].sort(),
    );
    expect(needsWindow).toBe(false);
    expect(unit.data).toMatchObject({
      launchMode: 'Normal',
      moveOn: 'Completed',
      launchMethod: 'AnyWindow',
      launchParameters: 'slow=1',
      entitlementKey: { courseStructure: 'k-1' },
    });
    expect(searchParams.get('activityId')).not.toBe(units.theory);
    expect(url).not.toContain(learner.id);
    expect(await (await fetch(unit.data.returnURL)).text()).toContain('可以关闭此窗口');
  });

  test('gives its token once, and the token opens one registration', async () => {
    const learner = await group.member();
    const { unit } = await launch(learner, units.theory);
    const again = await fetch(unit.parameters.get('fetch') ?? '', { method: 'POST' });
    expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ 'error-code': '1' })]);
    const unknown = await fetch(`${group.contentUrl}/lrs/fetch/none/none`, { method: 'POST' });
    expect(await unknown.json()).toMatchObject({ 'error-code': '2' });

    const other = await launch(await group.member(), units.theory);
    const foreign = {
      ...unit.state('LMS.LaunchData'),
      registration: other.unit.parameters.get('registration') ?? '',
    };
    expect((await unit.ask('activities/state', { query: foreign })).status).toBe(403);
    const otherAgent = { ...unit.state('x'), agent: other.unit.parameters.get('actor') ?? '' };
    expect((await unit.ask('activities/state', { query: otherAgent })).status).toBe(403);
    for (const Authorization of ['', 'Basic bm9uZTpub25l', 'Basic !', `Bearer ${unit.token}`])
      expect((await unit.ask('statements', { headers: { Authorization } })).status).toBe(401);
    const otherVersion = { headers: { 'X-Experience-API-Version': '2.0.0' } };
    expect((await unit.ask('statements', otherVersion)).status).toBe(400);
  });

  test('lets any origin ask, without cookies, and says what it is', async () => {
    const preflight = await fetch(`${group.contentUrl}/lrs/statements`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const about = await fetch(`${group.contentUrl}/lrs//about`);
    expect(await about.json()).toMatchObject({ version: expect.arrayContaining(['1.0.3']) });
  });

  test('abandons the session that was open, whose token opens nothing from then on', async () => {
    const learner = await group.member();
    const first = await launch(learner, units.theory);
    expect(await first.unit.say('initialized')).toBe(204);
    const second = await launch(learner, units.exam);
    expect(await first.unit.say('completed', results.completed)).toBe(401);
    const { statements } = (await (await second.unit.ask('statements')).json()) as {
      statements: { verb: { id: string }; result?: object }[];
    };
    const said = statements.map(({ verb }) => verb.id);
    expect(said.filter((verb) => verb === verbs.launched)).toHaveLength(2);
    expect(statements.find(({ verb }) => verb.id === verbs.abandoned)?.result).toMatchObject({
      duration: expect.stringMatching(/^PT[\d.]+S$/),
    });
  });
});

describe('what a unit records', () => {
  test('becomes the progress and score of the member, unit by unit, and satisfies block and course', async () => {
    const learner = await group.member();
    const theory = (await launch(learner, units.theory)).unit;
    expect(await theory.say('initialized')).toBe(204);
    expect((await partOf(learner, units.theory))?.unit?.progress).toBe('incomplete');
    expect(await theory.say('completed', results.completed)).toBe(204);
    expect(await theory.say('terminated', results.terminated)).toBe(204);

    const exam = (await launch(learner, units.exam)).unit;
    await exam.say('initialized');
    expect(await exam.say('failed', results.failed, masteryOf(0.8))).toBe(204);
    await exam.say('terminated', results.terminated);
    expect((await partOf(learner, units.exam))?.unit).toMatchObject({ progress: 'failed', score: 40 });

    const again = (await launch(learner, units.exam)).unit;
    await again.say('initialized');
    expect(await again.say('passed', results.passed, masteryOf(0.8))).toBe(204);
    expect((await courseOf(learner)).isSatisfied).toBe(false);
    expect(await again.say('completed', results.completed)).toBe(204);
    const course = await courseOf(learner);
    expect(course).toMatchObject({ isSatisfied: true, isBegun: true });
    expect(course.parts.map(({ isSatisfied }) => isSatisfied)).toEqual([true, true, true, true]);
    expect(course.parts[2]?.unit).toMatchObject({ progress: 'passed', score: 90 });
    const kept = must(await learner.call(getAttempt, { ...at(), query: { item: units.exam } })).body;
    expect(kept).toMatchObject({ progress: 'passed', score: 90 });

    const satisfied = await again.ask('statements', { query: { verb: verbs.satisfied, ascending: 'true' } });
    const { statements } = (await satisfied.json()) as { statements: { object: object }[] };
    expect(statements.map(({ object }) => object)).toEqual([
      expect.objectContaining({ definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/block' } }),
      expect.objectContaining({ definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/course' } }),
    ]);
  });

  test('is opened for review once it is done, and the course can be begun anew', async () => {
    const learner = await group.member();
    const first = (await launch(learner, units.theory)).unit;
    await first.say('initialized');
    await first.say('completed', results.completed);
    const review = await launch(learner, units.theory);
    expect(review.mode).toBe('Review');
    await review.unit.say('initialized');
    expect(await review.unit.say('completed', results.completed)).toBe(403);
    const anew = await launch(learner, units.theory, { anew: true });
    expect(anew.mode).toBe('Normal');
    expect(anew.unit.parameters.get('registration')).not.toBe(first.parameters.get('registration'));
    expect(anew.unit.parameters.get('activityId')).toBe(first.parameters.get('activityId'));
    expect((await partOf(learner, units.theory))?.unit?.progress).toBe('not-started');
  });

  test('of a visitor is not kept', async () => {
    const { mode, unit } = await launch(group.visitor, units.theory);
    expect(mode).toBe('Browse');
    expect(await unit.say('initialized')).toBe(204);
    expect(await unit.say('completed', results.completed)).toBe(403);
    expect((await partOf(group.visitor, units.theory))?.unit?.progress).toBe('not-started');
  });

  test('is refused when it is said out of order, about something else or by somebody else', async () => {
    const { unit } = await launch(await group.member(), units.exam);
    expect(await unit.say('completed', results.completed)).toBe(403);
    await unit.say('initialized');
    expect(await unit.say('initialized')).toBe(403);
    expect(await unit.say('passed', { result: { ...results.passed.result, score: { scaled: 0.5 } } })).toBe(
      403,
    );
    expect(await unit.say('passed', { object: { id: units.exam }, ...results.passed })).toBe(403);
    expect(await unit.say('satisfied')).toBe(403);
    expect(
      await unit.say('passed', { actor: { account: { homePage: 'https://example.org', name: 'x' } } }),
    ).toBe(403);
    expect(await unit.say('passed', { verb: { id: 'no iri' }, ...results.passed })).toBe(400);
    expect(await unit.say('terminated', results.terminated)).toBe(204);
    const late = { timestamp: new Date(Date.now() + 60_000).toISOString(), ...results.completed };
    expect(await unit.say('completed', late)).toBe(403);
  });

  test('is recorded once, however often it is sent; the same identifier with other words is a conflict', async () => {
    const { unit } = await launch(await group.member(), units.theory);
    const initialized = unit.statement('initialized');
    const post = (body: unknown) => unit.ask('statements', { method: 'POST', body: JSON.stringify(body) });
    const first = await post([initialized]);
    expect([first.status, await first.json()]).toEqual([200, [initialized.id]]);
    expect((await post(initialized)).status).toBe(200);
    expect((await post({ ...initialized, timestamp: '2026-01-01T00:00:00Z' })).status).toBe(409);
    const both = [
      unit.statement('completed', results.completed),
      unit.statement('completed', results.completed),
    ];
    expect((await post(both)).status).toBe(403);
    const one = await unit.ask('statements', { query: { statementId: String(initialized.id) } });
    expect(await one.json()).toMatchObject({
      id: initialized.id,
      stored: expect.any(String),
      authority: { objectType: 'Agent' },
    });
    const rest = await unit.ask('statements', { query: { limit: '1' } });
    const { statements, more } = (await rest.json()) as { statements: unknown[]; more: string };
    expect(statements).toHaveLength(1);
    const next = await fetch(new URL(more, group.contentUrl), {
      headers: { Authorization: `Basic ${unit.token}`, 'X-Experience-API-Version': '1.0.3' },
    });
    expect(((await next.json()) as { statements: unknown[] }).statements).toHaveLength(1);
  });

  test('of a hundred statements at once loses none', async () => {
    const { unit } = await launch(await group.member(), units.theory);
    await unit.say('initialized');
    const category = { contextActivities: { grouping: [{ id: units.theory }] } };
    const allowed = () => {
      const one = unit.statement('initialized', {
        verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
      });
      return { ...one, context: { ...(one.context as object), ...category } };
    };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        unit.ask('statements', { method: 'POST', body: JSON.stringify(Array.from({ length: 20 }, allowed)) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const asked = { verb: 'http://adlnet.gov/expapi/verbs/experienced' };
    const found = await unit.ask('statements', { query: asked });
    expect(((await found.json()) as { statements: unknown[] }).statements).toHaveLength(100);
  });
});

describe('documents', () => {
  test('of state are kept for the next session, laid over each other, listed and removed', async () => {
    const learner = await group.member();
    const { unit } = await launch(learner, units.theory);
    const query = unit.state('bookmark');
    expect((await unit.ask('activities/state', { query })).status).toBe(404);
    const put = await unit.ask('activities/state', { method: 'PUT', query, body: '{"page":1,"seen":[1]}' });
    expect(put.status).toBe(204);
    await unit.ask('activities/state', { method: 'POST', query, body: '{"page":2}' });

    const next = (await launch(learner, units.exam)).unit;
    const kept = await next.ask('activities/state', { query });
    expect(await kept.json()).toEqual({ page: 2, seen: [1] });
    const { stateId: _, ...all } = query;
    expect(await (await next.ask('activities/state', { query: all })).json()).toEqual(['bookmark']);
    expect((await next.ask('activities/state', { method: 'DELETE', query })).status).toBe(204);
    expect((await next.ask('activities/state', { query })).status).toBe(404);
    const own = { method: 'PUT', query: next.state('LMS.LaunchData'), body: '{}' };
    expect((await next.ask('activities/state', own)).status).toBe(403);
  });

  test('of profiles are not written over unseen', async () => {
    const { unit } = await launch(await group.member(), units.theory);
    const agent = unit.parameters.get('actor') ?? '';
    const preferences = { profileId: 'cmi5LearnerPreferences', agent };
    const given = await unit.ask('agents/profile', { query: preferences });
    expect(await given.json()).toEqual({ languagePreference: 'zh-CN', audioPreference: 'on' });
    expect((await unit.ask('agents/profile', { method: 'PUT', query: preferences, body: '{}' })).status).toBe(
      403,
    );
    const query = { profileId: 'notes', agent };
    const put = (headers = {}) =>
      unit.ask('agents/profile', { method: 'PUT', query, body: '{"a":1}', headers });
    const first = await put({ 'If-None-Match': '*' });
    expect(first.status).toBe(204);
    expect((await put()).status).toBe(409);
    expect((await put({ 'If-None-Match': '*' })).status).toBe(412);
    expect((await put({ 'If-Match': first.headers.get('etag') ?? '' })).status).toBe(204);
  });

  test('and statements are bounded', async () => {
    const { unit } = await launch(await group.member(), units.theory);
    const huge = { method: 'PUT', query: unit.state('huge'), body: 'x'.repeat(300_000) };
    expect((await unit.ask('activities/state', huge)).status).toBe(413);
    const answers: number[] = [];
    for (let i = 0; i < 101; i++)
      answers.push(
        (await unit.ask('activities/state', { method: 'PUT', query: unit.state(`n${i}`), body: '1' })).status,
      );
    expect([...new Set(answers.slice(0, 100)), answers[100]]).toEqual([204, 413]);
  });

  test('are asked for at most 600 times a minute with one token', async () => {
    const limited = await startGroup({ RATE_LIMITS: 'true' });
    const owner = await limited.member({ roles: ['author'] });
    const resource = await published(owner, limited.admin, { '车床.zip': await lathe() });
    const place = { params: { id: resource, version: 'newest' as const, path: '车床.zip' } };
    const { body } = must(await owner.call(launchUnit, { ...place, body: { unit: units.theory } }));
    const unit = await launchedUnit(body.url);
    const statuses = new Set<number>();
    for (let batch = 0; batch < 13; batch++)
      for (const { status } of await Promise.all(Array.from({ length: 50 }, () => unit.ask('about'))))
        statuses.add(status);
    expect([...statuses].sort()).toEqual([200, 429]);
    expect((await fetch(`${limited.contentUrl}/lrs/about`)).status).toBe(200);
  });
});
