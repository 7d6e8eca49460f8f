import { z } from 'zod';
import {
  Bytes,
  endpoint,
  Id,
  line,
  Moment,
  Nothing,
  Paging,
  pageOf,
  several,
} from '../../../server/http/contract.ts';

const rename = endpoint({
  method: 'patch',
  path: '/api/boxes/{id}/files/{path+}',
  summary: { 'zh-CN': '重命名 <文件>。', en: 'Renames a <file>.' },
  asks: { action: 'edit', subject: 'resource' },
  params: z.object({ id: Id, path: z.string() }),
  body: z.strictObject({ title: line(80, 1), tags: z.array(line(20)).max(30).optional() }),
  answers: { 200: z.object({ id: Id, revision: z.number().int(), changedAt: Moment }) },
  problems: ['http/changed-meanwhile'],
});
const download = endpoint({
  method: 'get',
  path: '/api/boxes/{id}.zip',
  summary: { 'zh-CN': '下载箱子。', en: 'Downloads a box.' },
  asks: 'anyone',
  params: z.object({ id: Id }),
  answers: { 200: Bytes, 302: Nothing },
  problems: ['http/range-outside'],
});
const put = endpoint({
  method: 'post',
  path: '/api/boxes/{id}/files',
  summary: { 'zh-CN': '放入文件。', en: 'Puts files into a box.' },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  consumes: 'multipart/form-data',
  body: z.strictObject({ files: z.array(Bytes).min(1) }),
  headers: { 'Upload-Checksum': 'sometimes' },
  answers: { 201: Nothing },
  answerHeaders: { 201: { Location: 'always' } },
});
const look = endpoint({
  method: 'head',
  path: '/api/boxes/{id}',
  summary: { 'zh-CN': '查看箱子是否存在。', en: 'Tells whether a box is there.' },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  answers: { 200: Nothing },
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
/** Endpoints of every kind, such as no room has. */
export const endpoints = [rename, list, remove, download, put, look];
