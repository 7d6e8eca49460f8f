import { describe, expect, test } from '@jest/globals';
import { missing, possible, stateOf } from '../../../server/resources/lifecycle.ts';
import type { Content, Draft, Published } from '../../../server/resources/stored.ts';

const content: Content = {
  title: '数控车床的对刀操作',
  summary: '试切法对刀',
  level: 'module',
  majors: ['460103'],
  courses: [],
  jobs: [],
  certificates: [],
  tags: [],
  materialType: 'video',
  language: 'zh-CN',
  licence: 'group-only',
  creators: ['王老师'],
  audience: { scope: 'group' },
  files: [{ path: '对刀.mp4', size: 1, mediaType: 'video/mp4', sha256: 'a', crc32: 0 }],
  fileCount: 1,
  bytes: 1,
  cover: null,
};
const someone = { id: '1', name: '王老师' };
const at = new Date(0);
const draft: Draft = { ...content, basedOn: 0 };
const published: Published = { ...content, number: 1, publishedAt: at, publisher: someone, note: '' };
const submitted = { at, by: someone };
const stages = { draft: null, submitted: null, published: null, withdrawn: null };

describe('the state of a resource', () => {
  test.each([
    ['draft', { draft }],
    ['submitted', { draft, submitted }],
    ['published', { published }],
    ['draft', { published, draft }],
    ['submitted', { published, draft, submitted }],
    ['withdrawn', { published, draft, withdrawn: { at, by: someone, reason: '' } }],
  ])('is %s when it has %j', (state, given) => {
    expect(stateOf({ ...stages, ...given })).toBe(state);
  });
});

describe('what the lifecycle allows', () => {
  const allowed = (given: object) =>
    Object.entries(possible({ ...stages, ...given }))
      .filter(([, yes]) => yes)
      .map(([verb]) => verb);

  test('a first draft can be edited, submitted, published and discarded', () => {
    expect(allowed({ draft })).toEqual(['preview', 'trace', 'edit', 'share', 'submit', 'publish', 'discard']);
  });

  test('a submitted draft can be taken back, decided or discarded, but not edited', () => {
    expect(allowed({ draft, submitted })).toEqual([
      'preview',
      'trace',
      'share',
      'recall',
      'publish',
      'return',
      'discard',
    ]);
  });

  test('what is published can get a next draft and be withdrawn', () => {
    expect(allowed({ published })).toEqual(['trace', 'share', 'start-draft', 'withdraw', 'rate', 'assess']);
  });

  test('what is withdrawn stays as it is, and its history can be read', () => {
    expect(allowed({ published, draft, withdrawn: { at, by: someone, reason: '' } })).toEqual(['trace']);
  });
});

describe('what a draft lacks', () => {
  test('nothing, when it is described and has a file', () => {
    expect(missing(content)).toEqual([]);
  });

  test('a licence for all, when all may see it', () => {
    const open = { ...content, audience: { scope: 'public' as const } };
    expect(missing({ ...open, licence: 'cc-by-4.0' })).toEqual([]);
    expect(missing({ ...open, licence: 'group-only' })).toEqual([
      { field: 'licence', why: 'not-for-public', needed: false },
    ]);
    expect(missing({ ...content, audience: { scope: 'group' }, licence: 'group-only' })).toEqual([]);
  });

  test('every empty part, by name', () => {
    const empty = {
      ...content,
      summary: '',
      level: null,
      majors: [],
      materialType: null,
      creators: [],
      files: [],
    };
    expect(missing(empty)).toEqual([
      { field: 'summary', why: 'empty', needed: false },
      { field: 'level', why: 'empty', needed: false },
      { field: 'majors', why: 'empty', needed: false },
      { field: 'materialType', why: 'empty', needed: false },
      { field: 'creators', why: 'empty', needed: false },
      { field: 'files', why: 'no-files', needed: true },
    ]);
  });
});
