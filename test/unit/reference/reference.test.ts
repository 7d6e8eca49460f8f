import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  endpoint,
  Id,
  line,
  Moment,
  Nothing,
  Paging,
  pageOf,
  several,
} from '../../../server/http/contract.ts';
import { declaredProblems } from '../../../server/http/index.ts';
import { openApiOf } from '../../../server/reference/openapi.ts';
import { referencePage } from '../../../server/reference/page.ts';

const rename = endpoint({
  method: 'patch',
  path: '/api/boxes/{id}/files/{path+}',
  summary: { 'zh-CN': '重命名 <文件>。', en: 'Renames a <file>.' },
  asks: { action: 'edit', subject: 'resource' },
  params: z.object({ id: Id, path: z.string() }),
  body: z.strictObject({ title: line(80, 1), tags: z.array(line(20)).max(30).optional() }),
  answers: { 200: z.object({ id: Id, revision: z.number().int(), changedAt: Moment }) },
});
const list = endpoint({
  method: 'get',
  path: '/api/boxes',
  summary: { 'zh-CN': '列出箱子。', en: 'Lists boxes.' },
  asks: 'anyone',
  query: Paging.extend({ kind: several(z.enum(['a', 'b'])) }),
  answers: { 200: pageOf(z.object({ id: Id })) },
});
const remove = endpoint({
  method: 'delete',
  path: '/api/boxes/{id}',
  summary: { 'zh-CN': '删除箱子。', en: 'Removes a box.' },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  answers: { 204: Nothing },
});
const endpoints = [rename, list, remove];

describe('the OpenAPI document', () => {
  const { paths } = openApiOf(endpoints, { version: '1.0.0', sessionCookie: 'session' });
  interface Operation {
    parameters?: { name: string; required: boolean }[];
    responses?: Record<string, { content?: object }>;
  }
  const operation = (path: string, method: string): Operation => paths[path]?.[method] ?? {};

  test('gives what is sent with the bounds that hold after trimming', () => {
    expect(paths['/api/boxes/{id}/files/{path}']?.patch).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: {
              properties: { title: { type: 'string', minLength: 1, maxLength: 80 } },
              required: ['title'],
            },
          },
        },
      },
    });
  });

  test('gives moments as date-time, and If-Match where a revision is answered', () => {
    expect(paths['/api/boxes/{id}/files/{path}']?.patch).toMatchObject({
      responses: {
        200: {
          content: { 'application/json': { schema: { properties: { changedAt: { format: 'date-time' } } } } },
        },
      },
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'If-Match', in: 'header' })]),
    });
  });

  test('requires no query parameter that has a standard value or is a list', () => {
    const { parameters = [] } = operation('/api/boxes', 'get');
    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['limit', false],
      ['cursor', false],
      ['kind', false],
    ]);
  });

  test('answers nothing with 204, and names refusals by status', () => {
    const { responses = {} } = operation('/api/boxes/{id}', 'delete');
    expect(responses['204']).not.toHaveProperty('content');
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500']));
  });
});

describe('the readable reference', () => {
  test.each(['zh-CN', 'en'] as const)(
    'in %s explains every declared problem in both languages',
    (language) => {
      const page = referencePage(endpoints, language);
      for (const { type } of declaredProblems()) expect(page).toContain(`id="problems/${type}"`);
      expect(page).toContain('操作过于频繁，请 {seconds} 秒后再试。');
      expect(page).toContain('Too many requests. Try again in {seconds} seconds.');
    },
  );

  test('says in the language of its reader what an endpoint does', () => {
    expect(referencePage(endpoints, 'zh-CN')).toContain('列出箱子。');
    expect(referencePage(endpoints, 'zh-CN')).not.toContain('Lists boxes.');
    expect(referencePage(endpoints, 'en')).not.toContain('列出箱子。');
  });

  test('escapes what contracts say, and fetches nothing', () => {
    const page = referencePage(endpoints, 'en');
    expect(page).toContain('Renames a &#60;file&#62;.');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
  });
});
