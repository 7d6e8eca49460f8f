import { beforeAll, expect, test } from '@jest/globals';
import { draftOf, upload } from './build-resource.ts';
import { type RunningGroup, type SignedIn, startGroup } from './start-group.ts';
import { operationOf, type Told, tenBytes, toldBy } from './told.ts';

/** What the reference tells of answers is compared with what the running product answers. */

let group: RunningGroup;
let author: SignedIn;
let told: Told;
/** Headers that the reference tells of anywhere. */
let headersTold: string[];
/** A draft with one file. */
let draft: string;
beforeAll(async () => {
  group = await startGroup({ RATE_LIMITS: 'true' });
  author = await group.member({ roles: ['author'] });
  draft = (await draftOf(author)).id;
  await upload(author, draft, 'a.md', '# 对刀');
  told = await toldBy(group.visitor);
  const responses = Object.values(told.paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap((operation) => Object.values(operation.responses));
  headersTold = [...new Set(responses.flatMap(({ headers = {} }) => Object.keys(headers)))];
  expect(headersTold.length).toBeGreaterThan(12);
});

const ours = { 'X-Courseyard': '1' };
const json = (method: string, body: object, headers = {}): RequestInit => ({
  method,
  headers: { ...ours, 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const rename = (name: string, headers = {}) =>
  group.admin.fetch('/api/group', json('PATCH', { name }, headers));
const guess = () =>
  group.visitor.fetch(
    '/api/auth/sign-in/email',
    json('POST', { email: 'nobody@example.org', password: 'a wrong password' }),
  );

function form(): RequestInit {
  const body = new FormData();
  body.append('files', new Blob(['b']), 'b.md');
  return { method: 'POST', headers: ours, body };
}

const tus = { ...ours, 'Tus-Resumable': '1.0.0' };
const chunk = { ...tus, 'Content-Type': 'application/offset+octet-stream' };
const begin = (name: string, init: RequestInit = {}) =>
  author.fetch('/api/uploads', {
    method: 'POST',
    ...init,
    headers: { ...tenBytes(draft, name), ...init.headers },
  });
/** Asks for an upload that has just begun. */
const goOn = async (name: string, init: RequestInit) =>
  author.fetch((await begin(name)).headers.get('location') ?? '', { headers: tus, ...init });
const sendBytes = (name: string, body: string) =>
  goOn(name, { method: 'PATCH', headers: { ...chunk, 'Upload-Offset': '0' }, body });

const options = { method: 'OPTIONS' };
const version = () => `/api/resources/${draft}/versions/draft`;
const file = (headers = {}) => author.fetch(`${version()}/files/a.md`, { headers });
const again = async () => file({ 'If-None-Match': (await file()).headers.get('etag') ?? '' });
const versions = 'GET /api/resources/{id}/versions/{version}';

/** Ways to be answered: the endpoint and the status, and how to get there. */
const asked: Record<string, () => Promise<Response>> = {
  'POST /api/resources 201': () =>
    author.fetch('/api/resources', json('POST', { kind: 'courseware', title: '对刀' })),
  'GET /api/resources/{id} 200': () => author.fetch(`/api/resources/${draft}?view=draft`),
  'PATCH /api/resources/{id} 200': () =>
    author.fetch(`/api/resources/${draft}`, json('PATCH', { title: '试切对刀' })),
  'GET /api/group 200': () => group.visitor.fetch('/api/group'),
  'PATCH /api/group 200': () => rename('东江职教集团'),
  'PATCH /api/group 412': () => rename('西江职教集团', { 'If-Match': '"999"' }),
  'GET /api/me 200 for a visitor': () => group.visitor.fetch('/api/me'),
  'GET /api/me 200 for a member': () => author.fetch('/api/me'),
  'POST /api/resources/{id}/files 201': () => author.fetch(`/api/resources/${draft}/files`, form()),
  'OPTIONS /api/uploads 204': () => group.visitor.fetch('/api/uploads', options),
  'OPTIONS /api/uploads/{id} 204': () => group.visitor.fetch(`/api/uploads/${'0'.repeat(32)}`, options),
  'POST /api/uploads 201 without a byte': () => begin('c.md'),
  'POST /api/uploads 201 with every byte': () => begin('d.md', { headers: chunk, body: '0123456789' }),
  'POST /api/uploads 412': () => begin('e.md', { headers: { 'Tus-Resumable': '0.2.2' } }),
  'HEAD /api/uploads/{id} 200': () => goOn('f.md', { method: 'HEAD' }),
  'PATCH /api/uploads/{id} 204 after some bytes': () => sendBytes('g.md', '01234'),
  'PATCH /api/uploads/{id} 204 after every byte': () => sendBytes('h.md', '0123456789'),
  'DELETE /api/uploads/{id} 204': () => goOn('i.md', { method: 'DELETE' }),
  [`${versions}/files/{path} 200`]: () => file(),
  [`${versions}/files/{path} 206 with one range`]: () => file({ Range: 'bytes=0-1' }),
  [`${versions}/files/{path} 206 with two ranges`]: () => file({ Range: 'bytes=0-1,4-5' }),
  [`${versions}/files/{path} 304`]: again,
  [`${versions}/files/{path} 416`]: () => file({ Range: 'bytes=999-' }),
  [`${versions}/bundle.zip 200`]: () => author.fetch(`${version()}/bundle.zip`),
  'GET /api/organisations/{id}/members.csv 200': () =>
    group.admin.fetch(`/api/organisations/${author.organisation}/members.csv`),
  'GET /api/vocabularies/{key}/terms.csv 200': () => author.fetch('/api/vocabularies/majors/terms.csv'),
  'GET /api/docs 200': () => group.visitor.fetch('/api/docs'),
  'GET /api/openapi.json 206': () =>
    group.visitor.fetch('/api/openapi.json', { headers: { Range: 'bytes=0-9' } }),
  'GET /api/problems/{type} 302': () =>
    group.visitor.fetch('/api/problems/http/invalid-request', { redirect: 'manual' }),
  'POST /api/auth/sign-in/email 429': async () => {
    for (let i = 0; i < 10; i++) await guess();
    return guess();
  },
};

/** A weak ETag is not for callers: Express makes one of every body, for the caches in between. */
const isThere = ({ headers }: Response, header: string) =>
  headers.has(header) && !headers.get(header)?.startsWith('W/');

test.each(Object.entries(asked))('%s: headers and media type as the reference tells', async (name, ask) => {
  const status = Number(/ (\d{3})/.exec(name)?.[1]);
  const answer = await ask();
  expect(answer.status).toBe(status);
  const { headers = {}, content = {} } = operationOf(told, name).responses[status] ?? {};
  const there = headersTold.filter((header) => isThere(answer, header));
  const always = Object.keys(headers).filter((header) => headers[header]?.required);
  expect({
    missing: always.filter((header) => !there.includes(header)),
    untold: there.filter((header) => !(header in headers)),
  }).toEqual({ missing: [], untold: [] });
  const [mediaType = '*/*'] = Object.keys(content);
  if (mediaType !== '*/*') expect(answer.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
});
