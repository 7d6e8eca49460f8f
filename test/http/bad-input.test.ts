import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import {
  addressOf,
  CLIENT_HEADER,
  type EndpointDefinition,
  type Language,
  type ProblemBody,
} from '../../server/http/contract.ts';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { draftOf } from './build-resource.ts';
import {
  ask,
  everyEndpoint,
  fullest,
  isObject,
  nameOf,
  parametersOf,
  schemaOf,
  smallest,
} from './every-endpoint.ts';
import type { Caller } from './start-app.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

/**
 * Every field of every endpoint, as the contracts declare them, is given what it must not be given: the answer is
 * 4xx as problem+json and names the field, never 500, and nothing is stored.
 */

type Path = readonly (string | number)[];
type Part = 'params' | 'query' | 'body';

interface Case {
  endpoint: EndpointDefinition;
  part: Part;
  /** The field at fault; empty for the whole body. */
  field: Path;
  value: unknown;
  says: string;
}

const long = '长'.repeat(5000);
const wrong: Record<string, unknown> = {
  'a number': 4.5,
  'an object': { a: 1 },
  'a list in a list': [[]],
  'a flag': true,
  null: null,
  'a text': 'x',
  'an empty text': '',
  'a long text': long,
  'a NUL character': 'a\u0000b',
  'half of a surrogate pair': 'a\ud800b',
  'what was no UTF-8': 'a\ufffdb',
  'nothing to be seen': '\u200d\u200c\u200d ',
  'a direction mark': 'a\u202eb',
  'a line end': 'a\u2028b',
  'many combining marks': `a${'\u0301'.repeat(5000)}`,
  'an emoji': '👩‍🏭',
  'an operator': { $ne: null },
  'an operator with a script': { $where: 'sleep(1000)' },
  'a list with an operator': [{ $gt: '' }],
  'a huge number': 1e308,
  'a negative number': -1,
  'a prototype': JSON.parse('{"__proto__":{"admin":true}}'),
  'a long list': Array.from({ length: 3000 }, () => 'x'),
};
/** Fields inside of fields get a selection, or there would be too many. */
const wrongInside = new Set([
  'a number',
  'null',
  'a text',
  'a long text',
  'a NUL character',
  'half of a surrogate pair',
  'what was no UTF-8',
  'nothing to be seen',
  'an operator',
]);
const wrongInAddress: Record<string, string> = {
  'a text': 'x',
  'a long text': 'x'.repeat(3000),
  'a NUL character': 'a\u0000b',
  'what was no UTF-8': 'a\ufffdb',
  'nothing to be seen': '\u200d\u200c\u200d ',
  'a direction mark': 'a\u202eb',
  'an operator': '[$ne]',
  'a way up': '../../etc/passwd',
  'a negative number': '-1',
  'a huge number': '1e308',
  'a fraction': '1.5',
  'an emoji': '👩‍🏭',
};

let group: RunningGroup;
let endpoints: EndpointDefinition[];
let refused: Case[];
let taken: Case[];
const known = new Map<string, Record<string, string>>();

beforeAll(async () => {
  endpoints = await everyEndpoint();
  group = await startGroup();
  const { admin } = group;
  const resource = await draftOf(admin);
  const collection = must(await admin.call(collectionEndpoints.create, { body: { title: '专题' } })).body;
  const shelf = must(await admin.call(shelfEndpoints.create, { body: { title: '书架' } })).body;
  const [term] = must(await admin.call(listTerms, { params: { key: 'majors' }, query: { limit: 1 } })).body
    .items;
  const things = {
    resources: { id: resource.id },
    'usage/resources': { id: resource.id },
    collections: { id: collection.id },
    shelves: { id: shelf.id },
    organisations: { id: admin.organisation },
    vocabularies: { key: 'majors', id: term?.id ?? '' },
  };
  for (const [room, params] of Object.entries(things)) known.set(`/api/${room}`, params);
  const cases = endpoints.flatMap(casesOf);
  const welcome = new Set(cases.filter(isWelcome));
  refused = cases.filter((one) => !welcome.has(one));
  taken = cases.filter((one) => one.endpoint.method !== 'delete' && welcome.has(one));
  await setTimeout(100); // connections that the server closed meanwhile are seen as such
}, 300_000);

/** Parameters of things that are there, as far as this test knows some. */
function paramsFor(endpoint: EndpointDefinition): Record<string, unknown> {
  if (parametersOf(endpoint).length === 0 || !endpoint.params) return {};
  const [, params = {}] = [...known].find(([room]) => endpoint.path.startsWith(`${room}/`)) ?? [];
  const sample = smallest(endpoint.params);
  return { ...(isObject(sample) ? sample : {}), ...params };
}

function casesOf(endpoint: EndpointDefinition): Case[] {
  const cases: Case[] = [];
  const isJson = (endpoint.consumes ?? 'application/json') === 'application/json';
  for (const name of parametersOf(endpoint)) {
    for (const [says, value] of Object.entries(wrongInAddress))
      if (says !== 'a way up' || !endpoint.path.includes('+'))
        // whoever sends it resolves the dots
        cases.push({ endpoint, part: 'params', field: [name], value, says });
  }
  if (endpoint.query) {
    const names = Object.keys(schemaOf(endpoint.query).properties ?? {});
    for (const name of [...names, 'unknown', 'limit[$gt]']) {
      for (const [says, value] of Object.entries(wrongInAddress))
        cases.push({ endpoint, part: 'query', field: [name], value, says });
    }
  }
  if (endpoint.body && isJson) {
    const sample = fullest(endpoint.body);
    for (const field of [...fieldsOf(sample), ['unknown'], ['$where'], ['__proto__x']]) {
      for (const [says, value] of Object.entries(wrong)) {
        if (field.length === 1 || wrongInside.has(says))
          cases.push({ endpoint, part: 'body', field, value, says });
      }
      cases.push({ endpoint, part: 'body', field, value: undefined, says: 'nothing' });
    }
    for (const value of [null, 4.5, 'x', [], { a: 1 }])
      cases.push({ endpoint, part: 'body', field: [], value, says: JSON.stringify(value) });
  }
  return cases;
}

/** Every field of a sample, and the fields inside. */
function fieldsOf(value: unknown, above: Path = []): Path[] {
  if (Array.isArray(value))
    return value.slice(0, 1).flatMap((one) => [[...above, 0], ...fieldsOf(one, [...above, 0])]);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => [
    [...above, name],
    ...fieldsOf(one, [...above, name]),
  ]);
}

/** The value with one field replaced, or taken out. */
function changed(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((one, i) => (i === name ? changed(one, rest, by) : one));
  const before = isObject(value) ? value : {};
  const after = { ...before, [name]: changed(before[name], rest, by) };
  if (rest.length === 0 && by === undefined) delete after[name];
  return after;
}

/** What is sent in the part at fault: the sample with the fault in it. */
function sentOf({ part, endpoint, field, value }: Case): unknown {
  if (part === 'params') return changed(paramsFor(endpoint), field, value);
  if (part === 'query')
    return { ...(smallest(endpoint.query as z.ZodType) as object), [String(field[0])]: value };
  return changed(fullest(endpoint.body as z.ZodType), field, value);
}

async function send(one: Case): Promise<Response> {
  const { endpoint, part } = one;
  const sent = sentOf(one);
  const params = part === 'params' ? sent : paramsFor(endpoint);
  const query = part === 'query' ? sent : {};
  const hasBody =
    endpoint.body !== undefined && (endpoint.consumes ?? 'application/json') === 'application/json';
  const body = part === 'body' ? sent : hasBody ? smallest(endpoint.body as z.ZodType) : undefined;
  const caller: Caller = nameOf(endpoint) === 'POST /api/auth/sign-out' ? group.visitor : group.admin;
  return ask(caller, addressOf(endpoint, params, query), {
    method: endpoint.method.toUpperCase(),
    redirect: 'manual',
    headers: {
      [CLIENT_HEADER.name]: CLIENT_HEADER.value,
      'Accept-Language': languageOf(one),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Half of the cases in one language, half in the other. */
const languageOf = ({ field, says }: Case): Language =>
  (field.join('.').length + says.length) % 2 === 0 ? 'zh-CN' : 'en';

/** Words of programmers, of the library that checks, and the bare words that contracts give as errors. */
const odd = /期望|expected|received|invalid|NaN|undefined|\/\^|^\w+$/i;
const isSentence = (message: string, language: Language) =>
  !odd.test(message) && (language === 'en' || /\p{Script=Han}/u.test(message));

/** What is wrong with an answer; undefined when it is as promised. */
async function faultOf(one: Case, isTaken: boolean): Promise<string | undefined> {
  const { endpoint, part, field, says } = one;
  const answer = await send(one);
  const told = `${nameOf(endpoint)} ${part} ${field.join('.') || '(all)'} = ${says}: ${answer.status}`;
  const text = await answer.text();
  if (answer.status >= 500) return `${told} ${text.slice(0, 200)}`;
  if (answer.status >= 400 && !answer.headers.get('content-type')?.startsWith('application/problem+json'))
    return `${told} is not problem+json`;
  if (isTaken) return undefined;
  if (answer.status < 400) return `${told} was taken`;
  if (endpoint.method === 'head') return undefined; // its answers have no body that could say more
  const { errors = [] } = JSON.parse(text) as Pick<ProblemBody, 'errors'>;
  const unclear = errors.find(({ message }) => !isSentence(message, languageOf(one)));
  if (unclear) return `${told} is told as: ${unclear.message}`;
  if (part === 'params' || field.length === 0 || answer.status === 413) return undefined;
  const named = field.join('.');
  const isNamed = errors.some(
    (error) => error.in === part && `${error.field}.`.startsWith(named && `${named}.`),
  );
  return isNamed ? undefined : `${told} does not name the field: ${text.slice(0, 300)}`;
}

/** Whether the contract takes the value all the same: an emoji is a good title. */
function isWelcome(one: Case): boolean {
  const { endpoint, part, value } = one;
  const shape = endpoint[part];
  if (!shape) return true;
  if (part === 'query' && value === '') return true;
  // What JSON cannot carry arrives as it does carry it.
  const sent = sentOf(one);
  return shape.safeParse(part === 'body' ? JSON.parse(JSON.stringify(sent) ?? '{}') : sent).success;
}

async function faultsOf(cases: readonly Case[], areTaken = false): Promise<string[]> {
  const open = [...cases];
  const faults: string[] = [];
  const work = async () => {
    for (let one = open.pop(); one; one = open.pop()) {
      const fault = await faultOf(one, areTaken);
      if (fault) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return faults.sort();
}

/** What the administrator sees of everything that is stored. */
async function stored(): Promise<Record<string, unknown>> {
  const paths = endpoints.filter(
    ({ method, path, query }) =>
      method === 'get' &&
      path.startsWith('/api/') &&
      !path.includes('{') &&
      (query !== undefined || path === '/api/me'),
  );
  const seen: Record<string, unknown> = {};
  for (const { path } of paths) {
    if (/docs|usage|jobs|search|suggest|bundle|oembed/.test(path)) continue;
    seen[path] = await (await group.admin.fetch(path)).json();
  }
  for (const [room, { id }] of known) {
    if (id && !/usage|vocabularies/.test(room))
      seen[room + id] = await (await group.admin.fetch(`${room}/${id}`)).json();
  }
  return seen;
}

describe('what a contract refuses', () => {
  test('is text that was broken on its way, and names of which nothing can be seen', () => {
    const fieldsThatTake = (...naughty: string[]) => [
      ...new Set(
        taken
          .filter(({ says }) => naughty.includes(says))
          // Probes append to the addresses of operations what they like; it is not looked at.
          .filter(({ endpoint }) => !['/healthz', '/readyz', '/metrics'].includes(endpoint.path))
          .map(({ endpoint, field }) => `${nameOf(endpoint)} ${field.join('.')}`),
      ),
    ];
    const aTable = 'POST /api/vocabularies/{key}/import csv'; // its rows are told one by one
    expect(fieldsThatTake('half of a surrogate pair', 'what was no UTF-8')).toEqual([aTable]);
    const isNoName = / (cursor|q|url|csv|item|opening|unit|token|file|\w*password)$/i;
    expect(fieldsThatTake('nothing to be seen').filter((field) => !isNoName.test(field))).toEqual([]);
  });

  test('is answered with 4xx that names the field and says what to do, and leaves nothing behind', async () => {
    expect(refused.length).toBeGreaterThan(4000);
    const before = await stored();
    expect(await faultsOf(refused)).toEqual([]);
    expect(await stored()).toEqual(before);
  }, 600_000);

  test('is never answered with 500 where the contract takes it', async () => {
    expect(await faultsOf(taken, true)).toEqual([]);
  }, 600_000);
});

describe('what is no request at all', () => {
  const json = { 'Content-Type': 'application/json', [CLIENT_HEADER.name]: CLIENT_HEADER.value };

  test.each([
    ['a body that breaks off', '/api/resources', { method: 'POST', headers: json, body: '{"kind":' }, 400],
    [
      'a body that is too large',
      '/api/resources',
      { method: 'POST', headers: json, body: `"${'x'.repeat(2e6)}"` },
      413,
    ],
    [
      'a character set that nobody knows',
      '/api/resources',
      {
        method: 'POST',
        headers: { ...json, 'Content-Type': 'application/json; charset=klingon' },
        body: '{}',
      },
      400,
    ],
    ['an address that cannot be decoded', '/api/resources/%E0%A4', {}, 400],
    ['a query that cannot be decoded', '/api/resources?state=%E0%A4', {}, 400],
    ['a question that cannot be decoded', '/api/search?q=%ED%A0%80', {}, 400],
    [
      'a body that is no UTF-8',
      '/api/resources',
      {
        method: 'POST',
        headers: json,
        body: Buffer.from('{"kind":"xr","title":"\xca\xfd\xbf\xd8"}', 'latin1'),
      },
      400,
    ],
    ['the same parameter twice', '/api/resources?limit=1&limit=2', {}, 400],
    ['an address that is not there', '/api/nothing', {}, 404],
    ['a method that is not there', '/api/resources', { method: 'PUT', headers: json, body: '{}' }, 405],
  ])('%s is told as a problem', async (_, path, init, status) => {
    const answer = await group.admin.fetch(path, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});
