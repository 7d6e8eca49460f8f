import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  addressOf,
  CLIENT_HEADER,
  type EndpointDefinition,
  type ProblemBody,
} from '../../server/http/contract.ts';
import { changePassword } from '../../server/members/contract.ts';
import { createResource, getResource } from '../../server/resources/contract.ts';
import { draftOf } from './build-resource.ts';
import { ask, everyEndpoint, isObject, nameOf, smallest } from './every-endpoint.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

/** What any request must be, whichever endpoint it is for. */

let group: RunningGroup;
let endpoints: EndpointDefinition[];
beforeAll(async () => {
  endpoints = await everyEndpoint();
  group = await startGroup();
}, 120_000);

const ours = { [CLIENT_HEADER.name]: CLIENT_HEADER.value };

describe('a body of another content type', () => {
  const others = [
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'application/merge-patch+json',
    'application/octet-stream',
    undefined,
  ];

  /** Sends the bytes with exactly this type, or none. */
  const send = (path: string, method: string, type: string | undefined) =>
    ask(group.admin, path, {
      method,
      headers: { ...ours, ...(type !== undefined && { 'Content-Type': type }) },
      body: new TextEncoder().encode('{"title":"新标题"}'),
    });

  test.each(others)('(%s) is not taken for a change that was saved', async (type) => {
    const { id } = await draftOf(group.admin, { title: '原标题' });
    const answer = await send(`/api/resources/${id}`, 'PATCH', type);
    expect(answer.status).toBe(415);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: '/api/problems/http/wrong-content-type',
      wanted: 'application/json',
      detail: expect.stringContaining('Content-Type: application/json'),
    });
    const { body } = must(await group.admin.call(getResource, { params: { id } }));
    expect(body).toMatchObject({ title: '原标题', revision: 0 });
  });

  test('is refused by every endpoint that takes one, with the type that it wants', async () => {
    const taking = endpoints.filter(({ body, consumes }) => body !== undefined || consumes !== undefined);
    expect(taking.length).toBeGreaterThan(40);
    const answered: Record<string, unknown> = {};
    for (const endpoint of taking) {
      const answer = await send(pathOf(endpoint), endpoint.method.toUpperCase(), 'text/x-other');
      const { wanted } = (await answer.json()) as { wanted?: string };
      answered[nameOf(endpoint)] = [answer.status, wanted];
    }
    expect(answered).toEqual(
      Object.fromEntries(
        taking.map((endpoint) => [nameOf(endpoint), [415, endpoint.consumes ?? 'application/json']]),
      ),
    );
  });

  test('is no matter where there is no byte of it', async () => {
    const { id } = await draftOf(group.admin);
    const answer = await group.admin.fetch(`/api/resources/${id}`, { method: 'PATCH', headers: ours });
    expect(answer.status).toBe(200);
  });
});

/** The path of an endpoint with parameters that it takes. */
function pathOf(endpoint: EndpointDefinition, query: Record<string, string> = {}): string {
  const params = endpoint.params ? smallest(endpoint.params) : {};
  return addressOf(endpoint, isObject(params) ? params : {}, query);
}

test('a parameter that an endpoint does not declare is refused with its name', async () => {
  const asked = endpoints.filter(({ method, query }) => method === 'get' && query === undefined);
  expect(asked.length).toBeGreaterThan(15);
  const taken: string[] = [];
  for (const endpoint of asked) {
    const answer = await ask(group.admin, pathOf(endpoint, { foo: '1' }), {});
    const text = await answer.text();
    if (answer.status !== 400 || !text.includes('"in":"query","field":"foo"'))
      taken.push(`${nameOf(endpoint)}: ${answer.status} ${text.slice(0, 200)}`);
  }
  expect(taken).toEqual([]);
});

test.each([
  [
    'GET',
    '/api/search?kind=nope',
    undefined,
    'kind',
    '只能是 courseware、textbook、xr',
    'choose from courseware, textbook, xr',
  ],
  [
    'GET',
    '/api/search?kind=xr&kind=nope',
    undefined,
    'kind.1',
    '只能是 courseware、textbook、xr',
    'choose from courseware, textbook, xr',
  ],
  ['GET', '/api/resources?limit=abc', undefined, 'limit', '请填写数字', 'give a number'],
  ['GET', '/api/resources?limit=101', undefined, 'limit', '不能大于 100', 'give 100 or less'],
  [
    'GET',
    '/api/search?publishedFrom=2026-02-30',
    undefined,
    'publishedFrom',
    '请填写日期，例如 2026-03-01',
    'give a date such as 2026-03-01',
  ],
  ['POST', '/api/resources', { kind: 'xr' }, 'title', '请填写', 'fill it in'],
  ['POST', '/api/resources', { kind: 'xr', title: ' ' }, 'title', '请填写', 'fill it in'],
  ['POST', '/api/resources', { kind: 'xr', title: 5 }, 'title', '请填写文字', 'give a text'],
  [
    'POST',
    '/api/resources',
    { kind: 'xr', title: '对刀', foo: 1 },
    'foo',
    '没有这一项，请删除',
    'not known here; remove it',
  ],
  [
    'POST',
    '/api/vocabularies/courses/terms',
    { code: '无 代码', labels: { 'zh-CN': '对刀' } },
    'code',
    '不能作代码：以字母或数字开头，只用字母、数字和 . _ + -，最多 64 个字符',
    'cannot be a code: it begins with a letter or digit and has letters, digits and . _ + - only, 64 at most',
  ],
])(
  '%s %s with %j says at %s what to do, in both languages',
  async (method, path, body, field, ...sentences) => {
    const told = ['zh-CN', 'en'].map(async (language) => {
      const headers = { ...ours, 'Content-Type': 'application/json', 'Accept-Language': language };
      const answer = await group.admin.fetch(path, { method, headers, body: JSON.stringify(body) ?? null });
      return ((await answer.json()) as ProblemBody).errors;
    });
    const part = method === 'GET' ? 'query' : 'body';
    expect(await Promise.all(told)).toEqual(sentences.map((message) => [{ in: part, field, message }]));
  },
);

test('a cursor that is not ours is refused with the field named', async () => {
  for (const path of ['/api/resources', '/api/collections', '/api/search', '/api/organisations']) {
    const problem = (await (await group.admin.fetch(`${path}?cursor=garbage`)).json()) as ProblemBody;
    expect(problem).toMatchObject({
      type: '/api/problems/http/bad-cursor',
      errors: [{ in: 'query', field: 'cursor', message: problem.detail }],
    });
  }
});

test('a password that is too weak and a term that is unknown are told in words, with the field', async () => {
  const { password } = group.admin;
  const weak = refusal(
    await group.admin.call(changePassword, { body: { currentPassword: password, newPassword: 'x' } }),
  );
  expect(weak.errors).toEqual([{ in: 'body', field: 'newPassword', message: weak.detail }]);
  const unknown = refusal(
    await group.admin.call(createResource, {
      body: { kind: 'courseware', title: '对刀', majors: ['999999'] },
    }),
  );
  expect(unknown.errors).toEqual([{ in: 'body', field: 'majors.0', message: unknown.detail }]);
  expect(unknown.detail).toContain('999999');
});

describe('what is not there, and no page', () => {
  test.each([
    ['GET', '/nosuch', 404, 'http/no-such-address'],
    ['POST', '/', 404, 'http/no-such-address'],
    ['PUT', '/api/resources', 405, 'http/method-not-allowed'],
    ['GET', '/api/resources/%E0%A4%A', 400, 'http/bad-address'],
    ['GET', '/pages/%E0%A4%A', 400, 'http/bad-address'],
  ])('%s %s is told as a problem, in both languages', async (method, path, status, type) => {
    const told = async (language: string) => {
      const headers = { ...ours, Accept: 'application/json', 'Accept-Language': language };
      const answer = await group.visitor.fetch(path, { method, headers });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const problem = (await answer.json()) as ProblemBody;
      expect(problem).toMatchObject({ status, type: `/api/problems/${type}` });
      return problem.detail;
    };
    expect(await told('zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(await told('en')).not.toMatch(/\p{Script=Han}/u);
  });
});

test.each([
  ['PUT', '/api/resources', 405, 'GET, HEAD, POST'],
  ['PATCH', '/api/search', 405, 'GET, HEAD'],
  ['OPTIONS', '/api/resources', 204, 'GET, HEAD, POST'],
])('%s %s names the methods that the address takes', async (method, path, status, allowed) => {
  const answer = await group.visitor.fetch(path, { method, headers: ours });
  expect([answer.status, answer.headers.get('allow')]).toEqual([status, allowed]);
});

test('the content server tells the id of a request, in the header and in a problem', async () => {
  const answer = await fetch(`${group.contentUrl}/nothing`, { headers: { 'X-Request-Id': 'gateway-00042' } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-request-id')).toBe('gateway-00042');
  expect(await answer.json()).toMatchObject({ requestId: 'gateway-00042' });
});

test('whoever has to sign in is told how a program does', async () => {
  for (const [path, headers] of [
    ['/api/me/tokens', {}],
    ['/api/me', { Authorization: 'Bearer guess' }],
  ] as const) {
    const answer = await fetch(`${group.url}${path}`, { headers });
    expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer']);
  }
});

describe('bytes that are no request', () => {
  /** What comes back over a connection of its own, until it is closed. */
  async function answerTo(url: string, bytes: string): Promise<{ head: string; problem: ProblemBody }> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return { head, problem: JSON.parse(body) };
  }
  const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: yard\r\n${more}\r\n`;

  test.each([
    ['an address with characters that are not encoded', get('/api/search?q=数控'), 400, 'http/bad-address'],
    [
      'headers that nobody needs',
      get('/', `Cookie: ${'x'.repeat(20_000)}\r\n`),
      431,
      'http/headers-too-large',
    ],
    ['another protocol', 'SSH-2.0-client\r\n\r\n', 400, 'http/malformed-request'],
  ])(
    '(%s) are refused as a problem by both servers, and the connection ends',
    async (_, bytes, status, type) => {
      for (const url of [group.url, group.contentUrl]) {
        const { head, problem } = await answerTo(url, bytes);
        expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
        expect(head).toContain('Content-Type: application/problem+json');
        expect(problem).toMatchObject({ status, type: `/api/problems/${type}` });
      }
    },
  );
});
