import { z } from 'zod';
import { archiveProblems } from '../archives/contract.ts';
import { endpoint, Id, Zip } from '../http/contract.ts';
import { FilePath } from '../resources/contract.ts';

export const downloadBag = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/bag.zip',
  summary: {
    'zh-CN': '把一个版本连同说明信息打包为 BagIt 包（RFC 8493）下载，可从任意字节续传。',
    en: 'Downloads a version as a BagIt bag (RFC 8493), with its description; it can be taken up again at any byte.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: z.coerce.number().int().min(1).max(1_000_000) }),
  answers: { 200: Zip },
  problems: ['resources/withdrawn', 'http/range-outside', 'blobs/gone', 'blobs/damaged', 'blobs/quarantined'],
});

export const downloadCollectionBag = endpoint({
  method: 'get',
  path: '/api/collections/{id}/bag.zip',
  summary: {
    'zh-CN': '把专题中成员可见的内容打包为 BagIt 包（RFC 8493）下载。',
    en: 'Downloads what the member may read of a collection as a BagIt bag (RFC 8493).',
  },
  asks: { action: 'read', subject: 'collection' },
  params: z.object({ id: Id }),
  answers: { 200: Zip },
  problems: [
    'downloads/too-much-at-once',
    'http/range-outside',
    'blobs/gone',
    'blobs/damaged',
    'blobs/quarantined',
  ],
});

export const importBag = endpoint({
  method: 'post',
  path: '/api/bags',
  summary: {
    'zh-CN':
      '校验 BagIt 包的校验和后，把其中的内容全部建为草稿，有一处不符则都不建。包是已上传到草稿的 zip 文件。',
    en: 'Makes drafts of what a BagIt bag holds, all or none, its checksums verified. The bag is a zip that was uploaded into a draft.',
  },
  asks: { action: 'import', subject: 'resource' },
  body: z.strictObject({
    /** The draft that the bag stands in, and where. */
    resource: Id,
    path: FilePath,
  }),
  answers: {
    201: z.object({
      resources: z.array(z.object({ id: Id, title: z.string() })),
      /** Of a bag of a collection: that collection, or a shelf for those who may not make one. */
      set: z.object({ subject: z.enum(['collection', 'shelf']), id: Id }).optional(),
    }),
  },
  problems: [
    'bags/not-a-bag',
    'bags/incomplete',
    'bags/wrong-checksum',
    'resources/no-draft',
    'resources/no-such-file',
    'resources/unknown-terms',
    ...archiveProblems,
    'blobs/over-quota',
    'blobs/store-full',
    'blobs/type-differs',
    'blobs/empty-file',
    'blobs/cut-off',
    'blobs/too-large',
    'blobs/gone',
    'blobs/damaged',
    'blobs/quarantined',
  ],
});
