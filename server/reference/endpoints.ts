import { z } from 'zod';
import { Bytes, type EndpointDefinition, type HeaderUse, Nothing } from '../http/contract.ts';
import { declaredProblems } from '../http/index.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** Addresses that belong to a room of another name. */
const rooms: Record<string, string> = {
  docs: 'reference',
  'openapi.json': 'reference',
  problems: 'reference',
  suggest: 'search',
};

/** The room of the house that an endpoint belongs to: the first word after `/api/`, or `operations`. */
export function roomOf({ path }: Pick<EndpointDefinition, 'path'>): string {
  const word = /^\/api\/([^/]+)/.exec(path)?.[1];
  return word === undefined ? 'operations' : (rooms[word] ?? word);
}

/** How a body travels. */
export function bodyKind(body: z.ZodType): 'nothing' | 'bytes' | 'text' | 'json' {
  if (body instanceof z.ZodVoid) return 'nothing';
  if (body instanceof z.ZodOptional) return bodyKind(body.unwrap() as z.ZodType);
  if (body === Bytes || z.globalRegistry.get(body)?.title === 'bytes') return 'bytes';
  return body instanceof z.ZodString ? 'text' : 'json';
}

/** The media type of an answer; undefined when it has no body. */
export function mediaTypeOf(body: z.ZodType): string | undefined {
  const told = z.globalRegistry.get(body)?.mediaType;
  if (typeof told === 'string') return told;
  return { nothing: undefined, bytes: '*/*', text: 'text/plain', json: 'application/json' }[bodyKind(body)];
}

/** Whether a caller has to send a body; of JSON whose fields may all be left out, nothing need come. */
export function needsBody(body: z.ZodType): boolean {
  if (body instanceof z.ZodOptional) return false;
  return bodyKind(body) !== 'json' || !body.safeParse({}).success;
}

/** What may be answered in parts, and not at all to who has it already, can also say that a part is not there. */
const isRanged = ({ problems }: EndpointDefinition) => problems?.includes('http/range-outside') ?? false;

/** What comes as bytes is to be saved, under a name. */
const isDownload = (endpoint: EndpointDefinition) =>
  isRanged(endpoint) && bodyKind(endpoint.answers[200] ?? Nothing) === 'bytes';

const isChange = ({ method }: EndpointDefinition) => !['get', 'head', 'options'].includes(method);

/** Every header that an endpoint reads, but those of the body and of the language. */
export function headersOf(endpoint: EndpointDefinition): HeaderUse {
  return {
    ...(endpoint.problems?.includes('http/changed-meanwhile') && { 'If-Match': 'sometimes' }),
    ...(isRanged(endpoint) && { 'If-None-Match': 'sometimes', Range: 'sometimes', 'If-Range': 'sometimes' }),
    ...endpoint.headers,
  };
}

/** What comes back when nothing goes wrong. */
export interface Answer {
  status: number;
  body: z.ZodType;
  headers: HeaderUse;
}

/** Every answer but the refusals, by status. */
export function answersOf(endpoint: EndpointDefinition): Answer[] {
  const answers: Record<number, z.ZodType> = { ...endpoint.answers };
  if (isRanged(endpoint)) Object.assign(answers, { 206: answers[200], 304: Nothing });
  return Object.entries(answers).map(([key, body]) => {
    const status = Number(key);
    return { status, body, headers: answerHeadersOf(endpoint, status, body) };
  });
}

function answerHeadersOf(endpoint: EndpointDefinition, status: number, body: z.ZodType): HeaderUse {
  const { properties = {}, required = [] } = bodyKind(body) === 'json' ? jsonSchemaOf(body, 'output') : {};
  const isRedirect = status >= 300 && status < 400 && status !== 304;
  return {
    ...(properties.revision && { ETag: required.includes('revision') ? 'always' : 'sometimes' }),
    ...(isRanged(endpoint) && !isRedirect && { ETag: 'always', 'Accept-Ranges': 'always' }),
    ...(isDownload(endpoint) && !isRedirect && { 'Content-Disposition': 'always' }),
    ...(status === 206 && { 'Content-Range': 'sometimes' }),
    ...(isRedirect && { Location: 'always' }),
    ...endpoint.answerHeaders?.[status],
  };
}

/** A refusal: its status, every problem that has it, and what travels in its headers. */
export interface Refusal {
  status: number;
  types: string[];
  headers: HeaderUse;
}

/** Every refusal of an endpoint, by status. */
export function refusalsOf(endpoint: EndpointDefinition): Refusal[] {
  const byStatus = new Map<number, string[]>();
  for (const { type, status } of problemsOf(endpoint))
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  return [...byStatus].map(([status, types]) => ({
    status,
    types,
    headers: {
      ...(status === 401 && { 'WWW-Authenticate': 'always' }),
      ...(status === 416 && { 'Content-Range': 'always' }),
      ...(status === 429 && { 'Retry-After': 'always' }),
      ...endpoint.answerHeaders?.[status],
    },
  }));
}

/** Every problem that an endpoint may answer: its own, and those that come with what it takes and asks. */
function problemsOf(endpoint: EndpointDefinition): { type: string; status: number }[] {
  const types = new Set(endpoint.problems);
  const { body, consumes = 'application/json' } = endpoint;
  types.add('http/invalid-request');
  if (endpoint.params) types.add('http/bad-address');
  if (endpoint.asks !== 'anyone') types.add('http/sign-in-needed');
  if (typeof endpoint.asks === 'object') {
    types.add('access/forbidden');
    if (endpoint.params) types.add('access/not-found');
  }
  if (isChange(endpoint)) {
    types.add('http/foreign-origin');
    types.add('http/too-many-requests');
  }
  if (body) types.add('http/wrong-content-type');
  // Of forms and of bare bytes, what is read and how much of it is the endpoint's own affair.
  if (body && /json|csv/.test(consumes)) {
    types.add('http/unreadable-body');
    types.add('http/body-too-large');
  }
  types.add('http/bad-host');
  types.add('http/unexpected');
  return declaredProblems()
    .filter(({ type }) => types.has(type))
    .map(({ type, status }) => ({ type, status }))
    .sort((a, b) => a.status - b.status || a.type.localeCompare(b.type));
}
