import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { can, canSome, isVisitor } from '../../server/access/index.ts';
import type { Action, Subject } from '../../server/access/table.ts';
import { addressOf, CLIENT_HEADER, type EndpointDefinition } from '../../server/http/contract.ts';
import { buildWorld, COMMON, type Person, type Thing, type World } from './access-world.ts';
import { ask, everyEndpoint, isObject, nameOf, parametersOf, schemaOf, smallest } from './every-endpoint.ts';

/**
 * Every endpoint of every contract is called by somebody of every role, of the own and of another organisation, on a
 * thing in every state, and must answer as the table of access says. The endpoints are found in the contracts, the
 * expectation is made from the table: a new endpoint is covered as soon as it is declared, or this test asks for a
 * thing to call it on.
 */

/** Parameters that name no thing of this test's world: whoever may ask is told that there is none such. */
const unknownThings: Record<string, string> = {
  '/api/jobs/{id}': 'jobs come and go by themselves',
  '/api/me/searches/{id}': 'everybody has their own',
  '/api/me/sessions/{id}': 'everybody has their own',
  '/api/me/tokens/{id}': 'everybody has their own',
  '/api/uploads/{id}': 'everybody has their own',
  '/api/invitations/{token}': 'who holds the token is let in, whoever they are',
  '/api/problems/{type+}': 'the reference of problems is open',
};

/** The version that is asked for where one is: drafts are another action, which `expected` does not know of. */
const first = { version: '1' };

/** Would end the session of the caller. */
const byVisitorsOnly = new Set(['POST /api/auth/sign-out']);

let world: World;
let endpoints: EndpointDefinition[];

beforeAll(async () => {
  endpoints = await everyEndpoint();
  world = await buildWorld();
  await setTimeout(1500); // the search finds what is published within a second
}, 300_000);

type Verdict = 'answered' | 'sign in' | 'forbidden' | 'not found';

const roomOf = ({ path }: EndpointDefinition): string | undefined =>
  Object.keys(world.things).find((room) => path === room || path.startsWith(`${room}/`));

/** What the endpoint is called on: all things of its room, or nothing in particular. */
function targetsOf(endpoint: EndpointDefinition): (Thing | undefined)[] {
  const room = roomOf(endpoint);
  return room === undefined ? [undefined] : (world.things[room] ?? []);
}

/** What the table says. */
function expected(endpoint: EndpointDefinition, { member }: Person, thing: Thing | undefined): Verdict {
  const { asks, path } = endpoint;
  const refusal = isVisitor(member) ? 'sign in' : 'forbidden';
  if (asks === 'anyone') return 'answered';
  if (asks === 'signed-in') return isVisitor(member) ? 'sign in' : 'answered';
  const action = asks.action as Action;
  const subject = asks.subject as Subject;
  if (path.startsWith('/api/usage/')) return usage(member, action, thing) ?? refusal;
  if (thing === undefined || subject === 'token')
    return canSome(member, action, subject) ? 'answered' : refusal;
  if (!can(member, 'read', subject, thing.facts)) return 'not found';
  return can(member, action, subject, thing.facts) ? 'answered' : refusal;
}

/** Numbers of a resource are for those who may know of it; without one they are those of the own organisation. */
function usage(member: Person['member'], action: Action, thing: Thing | undefined): Verdict | undefined {
  if (thing && !can(member, 'read', 'resource', thing.facts)) return 'not found';
  const facts = thing?.facts ?? { organisation: member.organisation, owner: '' };
  return can(member, action, 'usage', facts) ? 'answered' : undefined;
}

interface Answer {
  verdict: Verdict;
  status: number;
  text: string;
}

async function call(
  endpoint: EndpointDefinition,
  { caller }: Person,
  thing: Thing | undefined,
  query: Record<string, unknown>,
): Promise<Answer> {
  const { method, consumes = 'application/json', body: shape } = endpoint;
  const sample = endpoint.params ? smallest(endpoint.params) : {};
  const params = { ...(isObject(sample) ? sample : {}), ...first, ...thing?.params };
  const changes = !['get', 'head', 'options'].includes(method);
  const body = changes ? bodyFor(consumes, shape) : undefined;
  const response = await ask(caller, addressOf(endpoint, params, query), {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      [CLIENT_HEADER.name]: CLIENT_HEADER.value,
      // What would be allowed is refused with 412 before it changes anything, so that all see the same world.
      ...(changes && { 'If-Match': '"999999"' }),
      ...(typeof body === 'string' && { 'Content-Type': consumes }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const verdict = method === 'head' ? verdictByStatus(response) : verdictOf(response, text);
  return { verdict, status: response.status, text };
}

function bodyFor(consumes: string, shape: z.ZodType | undefined): string | FormData | undefined {
  if (consumes === 'multipart/form-data') return new FormData();
  if (consumes !== 'application/json') return '';
  if (!shape) return undefined;
  const names = Object.keys(shape.safeParse(undefined).success ? {} : (smallest(shape) as object));
  return JSON.stringify(smallest(shape, names.includes('resource') ? { resource: world.readable } : {}));
}

function verdictOf(response: Response, text: string): Verdict {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return 'answered';
  const { type } = JSON.parse(text) as { type: string };
  if (type.endsWith('/http/sign-in-needed')) return 'sign in';
  if (type.endsWith('/access/forbidden')) return 'forbidden';
  if (type.endsWith('/access/not-found')) return 'not found';
  return 'answered';
}

/** HEAD is answered without a body, so without the type of a problem. */
function verdictByStatus({ status }: Response): Verdict {
  if (status === 401) return 'sign in';
  if (status === 403) return 'forbidden';
  return status === 404 ? 'not found' : 'answered';
}

/** Whether it was refused for its `If-Match`. Who saves at the same moment as another is told no revision. */
const isOtherRevision = (status: number, text: string) =>
  status === 412 && /changed-meanwhile/.test(text) && /"revision":\d/.test(text);

/** Whether "not found" can be about something inside the thing: a version or file that it does not have. */
const isAboutSomethingInside = (endpoint: EndpointDefinition, thing: Thing | undefined) =>
  parametersOf(endpoint).some((name) => thing?.params[name] === undefined) ||
  (endpoint.query !== undefined && 'version' in (schemaOf(endpoint.query).properties ?? {}));

/** Words in an answer that its caller must not read. */
function leaksIn(text: string, { member }: Person): string[] {
  const words = new Set(text.match(/marker\d\d/g));
  return [...words].filter((word) => {
    const mark = world.marks.get(word);
    return !mark || !can(member, mark.action, mark.subject, mark.facts);
  });
}

/** Ways to ask: as it comes, and for lists also for everything that there is. */
function queriesOf({ query, method }: EndpointDefinition): Record<string, unknown>[] {
  if (!query || method !== 'get') return [{}];
  const names = Object.keys(schemaOf(query).properties ?? {});
  const all = {
    ...(names.includes('limit') && { limit: 100 }),
    ...(names.includes('q') && { q: COMMON }),
  };
  return Object.keys(all).length > 0 ? [{}, all] : [{}];
}

test('every endpoint has something to be called on', () => {
  const without = endpoints
    .filter((endpoint) => parametersOf(endpoint).length > 0 && roomOf(endpoint) === undefined)
    .filter(({ path }) => !Object.keys(unknownThings).some((room) => path.startsWith(room)));
  expect(without.map(nameOf)).toEqual([]);
});

test('every endpoint that the server has is declared in a contract, and the other way round', async () => {
  const { paths } = (await (await world.group.visitor.fetch('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const served = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => /^(get|head|options|post|put|patch|delete)$/.test(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const declared = endpoints.map((endpoint) => nameOf(endpoint).replaceAll('+}', '}'));
  expect(served.sort()).toEqual(declared.sort());
});

test('everybody gets what the table says, everywhere, and nothing leaks', async () => {
  const calls = endpoints.flatMap((endpoint) => {
    const queries = queriesOf(endpoint);
    return world.people
      .filter((person) => isVisitor(person.member) || !byVisitorsOnly.has(nameOf(endpoint)))
      .flatMap((person) =>
        targetsOf(endpoint).flatMap((thing) => queries.map((query) => ({ endpoint, person, thing, query }))),
      );
  });
  expect(calls.length).toBeGreaterThan(4000);
  const before = await revisions();
  const wrong: string[] = [];
  const open = [...calls];
  const work = async () => {
    for (let one = open.pop(); one; one = open.pop()) {
      const { endpoint, person, thing, query } = one;
      const wanted = expected(endpoint, person, thing);
      const { verdict, status, text } = await call(endpoint, person, thing, query);
      const told = `${nameOf(endpoint)} by ${person.says}${thing ? ` on ${thing.says}` : ''}`;
      const isInside = verdict === 'not found' && isAboutSomethingInside(endpoint, thing);
      if (verdict !== wanted && !isInside) wrong.push(`${told}: ${wanted} expected, ${verdict} (${status})`);
      if (status >= 500) wrong.push(`${told}: ${status} ${text.slice(0, 200)}`);
      if (isOtherRevision(status, text) && !endpoint.problems?.includes('http/changed-meanwhile'))
        wrong.push(`${told}: reads If-Match and does not say so`);
      for (const word of leaksIn(text, person)) wrong.push(`${told}: leaks ${word}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(wrong.sort()).toEqual([]);
  expect(await revisions()).toEqual(before);
}, 600_000);

test('whoever may not read a word cannot find the thing by it either', async () => {
  const searches = endpoints.filter(
    ({ method, path, query }) =>
      method === 'get' && !path.includes('{') && query && 'q' in (schemaOf(query).properties ?? {}),
  );
  expect(searches.length).toBeGreaterThan(1);
  const found: string[] = [];
  for (const endpoint of searches) {
    for (const person of world.people) {
      for (const [q, { id, action, subject, facts }] of world.marks) {
        if (can(person.member, action, subject, facts)) continue;
        const { text } = await call(endpoint, person, undefined, { q });
        if (text.includes(id)) found.push(`${nameOf(endpoint)} by ${person.says}: ${q}`);
      }
    }
  }
  expect(found).toEqual([]);
}, 600_000);

test('the lists and the search are not merely empty: their readers find what they may', async () => {
  const teacher = world.people.find(({ says }) => says === 'teacher of the other organisation');
  for (const path of ['/api/resources?limit=100', `/api/search?q=${encodeURIComponent(COMMON)}`]) {
    const text = await (await (teacher?.caller ?? world.group.visitor).fetch(path)).text();
    // Named organisation, group and public, and the published version of what has a next draft.
    for (const word of ['marker12', 'marker14', 'marker15', 'marker20']) expect(text).toContain(word);
  }
});

/** The states of all things, as somebody sees them who may see them. */
async function revisions(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [room, things] of Object.entries(world.things)) {
    if (!/resources|collections|shelves|organisations/.test(room) || room.includes('usage')) continue;
    for (const { params } of things) {
      const path = room.replace('{id}', params.id ?? '');
      const { revision } = (await (await world.group.admin.fetch(path)).json()) as { revision?: number };
      seen[path] = revision;
    }
  }
  return seen;
}
