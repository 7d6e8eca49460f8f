import { z } from 'zod';
import { Bytes, type EndpointDefinition } from '../http/contract.ts';
import { declaredProblems } from '../http/index.ts';

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

/** How an answer travels. */
export function answerKind(answer: z.ZodType): 'nothing' | 'bytes' | 'text' | 'json' {
  if (answer instanceof z.ZodVoid) return 'nothing';
  if (answer === Bytes || z.globalRegistry.get(answer)?.title === 'bytes') return 'bytes';
  return answer instanceof z.ZodString ? 'text' : 'json';
}

/** Every problem that an endpoint may answer: its own, and those that come with what it takes and asks. */
export function problemsOf(endpoint: EndpointDefinition): { type: string; status: number }[] {
  const types = new Set(endpoint.problems);
  types.add('http/invalid-request');
  if (endpoint.params) types.add('http/bad-address');
  if (endpoint.asks !== 'anyone') types.add('http/sign-in-needed');
  if (typeof endpoint.asks === 'object') {
    types.add('access/forbidden');
    if (endpoint.params) types.add('access/not-found');
  }
  if (endpoint.method !== 'get') {
    types.add('http/foreign-origin');
    types.add('http/too-many-requests');
  }
  if (endpoint.body || endpoint.consumes) types.add('http/wrong-content-type');
  if (endpoint.body) {
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
