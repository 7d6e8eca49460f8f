import { z } from 'zod';
import { Bytes, endpoint, Text } from '../http/contract.ts';

export const openApi = endpoint({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'Describes the whole API as OpenAPI 3.1.',
  asks: 'anyone',
  answers: { 200: z.looseObject({ openapi: z.string() }) },
});

export const docs = endpoint({
  method: 'get',
  path: '/api/docs',
  summary: 'Shows this reference.',
  asks: 'anyone',
  query: z.strictObject({ language: z.enum(['zh-CN', 'en']).optional() }),
  answers: { 200: Text },
});

export const explainProblem = endpoint({
  method: 'get',
  path: '/api/problems/{type+}',
  summary: 'Leads from the type of a problem to its place in the reference.',
  asks: 'anyone',
  params: z.object({ type: z.string().max(100) }),
  answers: { 302: Bytes },
  problems: ['http/no-such-address'],
});
