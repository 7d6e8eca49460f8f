import { z } from 'zod';
import { Bytes, endpoint, Id, Nothing, several, Zip } from '../http/contract.ts';
import { FilePath } from '../resources/contract.ts';

/** A version by its number, or `draft` for those who may see it. */
const Which = z.union([z.literal('draft'), z.coerce.number().int().min(1).max(1_000_000)]);

export const downloadFile = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/files/{path+}',
  summary: {
    'zh-CN': '下载一个文件；支持分段、If-Range 和 HEAD，ETag 即其 SHA-256。',
    en: 'Downloads one file; ranges, If-Range and HEAD work, and the ETag is its SHA-256.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: Which, path: FilePath }),
  /** 302: to the object store, with `S3_DOWNLOADS=redirect`. */
  answers: { 200: Bytes, 302: Nothing },
  problems: [
    'resources/no-draft',
    'resources/withdrawn',
    'resources/no-such-file',
    'http/range-outside',
    'blobs/gone',
    'blobs/damaged',
    'blobs/quarantined',
  ],
});

export const downloadBundle = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/bundle.zip',
  summary: {
    'zh-CN': '把全部文件连同清单、许可和校验和打包为 zip 下载，可从任意字节续传。',
    en: 'Downloads all files as a zip with manifest, licence and checksums; it can be taken up again at any byte.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: Which }),
  answers: { 200: Zip },
  problems: [
    'resources/no-draft',
    'resources/withdrawn',
    'downloads/file-set-aside',
    'http/range-outside',
    'blobs/gone',
    'blobs/damaged',
    'blobs/quarantined',
  ],
});

const severalProblems = [
  'downloads/too-much-at-once',
  'downloads/file-set-aside',
  'http/range-outside',
  'blobs/gone',
  'blobs/damaged',
  'blobs/quarantined',
] as const;

export const downloadCollection = endpoint({
  method: 'get',
  path: '/api/collections/{id}/bundle.zip',
  summary: {
    'zh-CN': '把专题中成员可见的内容打包为一个 zip 下载，每个资源一个文件夹。',
    en: 'Downloads what the member may read of a collection as one zip, each resource in a folder.',
  },
  asks: { action: 'read', subject: 'collection' },
  params: z.object({ id: Id }),
  answers: { 200: Zip },
  problems: severalProblems,
});

export const downloadShelf = endpoint({
  method: 'get',
  path: '/api/shelves/{id}/bundle.zip',
  summary: {
    'zh-CN': '把书架上的内容打包为一个 zip 下载，每个资源一个文件夹。',
    en: 'Downloads what stands on a shelf as one zip, each resource in a folder.',
  },
  asks: { action: 'read', subject: 'shelf' },
  params: z.object({ id: Id }),
  answers: { 200: Zip },
  problems: severalProblems,
});

export const downloadSelection = endpoint({
  method: 'get',
  path: '/api/bundle.zip',
  summary: {
    'zh-CN': '把至多五十个资源打包为一个 zip 下载：只含成员可见的，一个也没有时为空包。',
    en: 'Downloads up to fifty resources as one zip: those that the member may read, even if that is none.',
  },
  asks: 'anyone',
  query: z.strictObject({ resource: several(Id, 1) }),
  answers: { 200: Zip },
  problems: severalProblems,
});
