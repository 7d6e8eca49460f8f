import { z } from 'zod';
import { endpoint, Html, languages, line, Nothing } from '../http/contract.ts';

export const openApi = endpoint({
  method: 'get',
  path: '/api/openapi.json',
  summary: { 'zh-CN': '以 OpenAPI 3.1 描述全部接口。', en: 'Describes the whole API as OpenAPI 3.1.' },
  asks: 'anyone',
  answers: { 200: z.looseObject({ openapi: z.string() }) },
  problems: ['http/range-outside'],
});

export const docs = endpoint({
  method: 'get',
  path: '/api/docs',
  summary: { 'zh-CN': '显示本接口文档。', en: 'Shows this reference.' },
  asks: 'anyone',
  query: z.strictObject({ language: z.enum(languages).optional() }),
  answers: { 200: Html },
  problems: ['http/range-outside'],
});

export const explainProblem = endpoint({
  method: 'get',
  path: '/api/problems/{type+}',
  summary: {
    'zh-CN': '从问题类型跳转到接口文档中的说明。',
    en: 'Leads from the type of a problem to its place in the reference.',
  },
  asks: 'anyone',
  params: z.object({ type: line(100, 1) }),
  answers: { 302: Nothing },
  problems: ['http/no-such-address'],
});
