import { z } from 'zod';
import { Bytes, endpoint, Id, Moment, Nothing } from '../http/contract.ts';
import { FilePath, TakenWay } from '../resources/contract.ts';

export const UploadedFile = z.object({
  path: z.string(),
  /** Bytes. */
  size: z.number().int(),
  mediaType: z.string(),
  sha256: z.string(),
});

/** The identifier of a resumable upload. */
const UploadId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'id' });

export const Upload = z.object({
  id: UploadId,
  /** Where the file goes. */
  resource: z.string(),
  path: z.string(),
  /** Bytes in all, and bytes that are durable. */
  size: z.number().int(),
  offset: z.number().int(),
  state: z.enum(['receiving', 'finished', 'refused']),
  expiresAt: z.iso.datetime(),
  /** Once it has finished. */
  file: UploadedFile.optional(),
  /** Why it was refused. */
  problem: z.looseObject({ type: z.string(), status: z.number().int(), detail: z.string() }).optional(),
});

const blobProblems = [
  'blobs/empty-file',
  'blobs/cut-off',
  'blobs/too-large',
  'blobs/type-differs',
  'blobs/over-quota',
  'blobs/store-full',
] as const;
const draftProblems = [
  'resources/no-draft',
  'resources/under-review',
  'resources/is-withdrawn',
  'resources/path-taken',
  'resources/too-many-files',
] as const;
const tusProblems = ['uploads/bad-protocol', 'uploads/other-protocol-version'] as const;
/** Of an upload that was begun: it is somebody else's, or was given up, refused or forgotten. */
const begunProblems = [...tusProblems, 'access/not-found', 'uploads/gone'] as const;
/** On every request of the tus protocol but `OPTIONS`, and on what the protocol answers. */
const tus = { 'Tus-Resumable': 'always' } as const;
/** What another version of the protocol is refused with. */
const tusRefusals = { 412: { ...tus, 'Tus-Version': 'always' } } as const;

/** Files that one form may hold. */
export const mostInForm = 200;

export const uploadFiles = endpoint({
  method: 'post',
  path: '/api/resources/{id}/files',
  summary: {
    'zh-CN': `把文件上传到草稿，一次至多 ${mostInForm} 个：字段 \`files\`；要放进文件夹的，逐个以字段 \`paths\` 给出路径。路径已有文件时替换它；字段 \`taken\` 为 rename 时另取名称，两个都保留。`,
    en: `Uploads files into the draft, up to ${mostInForm} at once: field \`files\`, and for each the field \`paths\` when it is to stand in a folder. One at a path that is taken replaces the file there; with the field \`taken\` = rename it gets another name, and both stay.`,
  },
  asks: { action: 'edit', subject: 'resource' },
  params: z.object({ id: Id }),
  consumes: 'multipart/form-data',
  body: z.strictObject({
    files: z.array(Bytes).min(1).max(mostInForm),
    paths: z.array(FilePath).max(mostInForm).optional(),
    taken: TakenWay.default('replace'),
  }),
  answers: { 201: z.object({ items: z.array(UploadedFile) }) },
  problems: [
    ...blobProblems,
    ...draftProblems,
    'uploads/bad-form',
    'uploads/unsafe-path',
    'uploads/too-many-in-form',
    'uploads/broken-off',
    'uploads/nothing-sent',
  ],
});

const tusAbilities = {
  204: {
    ...tus,
    'Tus-Version': 'always',
    'Tus-Extension': 'always',
    'Tus-Checksum-Algorithm': 'always',
    'Tus-Max-Size': 'always',
  },
} as const;

export const tellAbilities = endpoint({
  method: 'options',
  path: '/api/uploads',
  summary: {
    'zh-CN': '返回断点续传（tus 1.0.0）所支持的扩展、校验算法和最大文件大小。',
    en: 'Tells which extensions, checksums and size of file resumable uploads (tus 1.0.0) may have.',
  },
  asks: 'anyone',
  answers: { 204: Nothing },
  answerHeaders: tusAbilities,
});

export const tellAbilitiesOfOne = endpoint({
  method: 'options',
  path: '/api/uploads/{id}',
  summary: {
    'zh-CN': '与 `OPTIONS /api/uploads` 相同，供只知道某个上传地址的程序使用。',
    en: 'The same as `OPTIONS /api/uploads`, for programs that know the address of one upload.',
  },
  asks: 'anyone',
  params: z.object({ id: UploadId }),
  answers: { 204: Nothing },
  answerHeaders: tusAbilities,
});

export const createUpload = endpoint({
  method: 'post',
  path: '/api/uploads',
  summary: {
    'zh-CN': '开始断点续传（tus 1.0.0：creation、creation-with-upload），可随请求发送最初的字节。',
    en: 'Begins a resumable upload (tus 1.0.0: creation, creation-with-upload), with its first bytes or without.',
  },
  asks: 'signed-in',
  headers: { ...tus, 'Upload-Length': 'always', 'Upload-Metadata': 'always', 'Upload-Checksum': 'sometimes' },
  consumes: 'application/offset+octet-stream',
  body: Bytes.optional(),
  answers: { 201: Nothing },
  answerHeaders: {
    ...tusRefusals,
    201: { ...tus, Location: 'always', 'Upload-Offset': 'sometimes', 'Upload-Expires': 'sometimes' },
  },
  problems: [
    ...blobProblems,
    ...draftProblems,
    ...tusProblems,
    'access/not-found',
    'uploads/unsafe-path',
    'uploads/more-than-declared',
    'uploads/wrong-checksum',
  ],
});

export const getOffset = endpoint({
  method: 'head',
  path: '/api/uploads/{id}',
  summary: {
    'zh-CN': '返回断点续传应从哪个字节继续（tus 1.0.0）。',
    en: 'Tells at which byte a resumable upload goes on (tus 1.0.0).',
  },
  asks: 'signed-in',
  params: z.object({ id: UploadId }),
  headers: tus,
  answers: { 200: Nothing },
  answerHeaders: {
    ...tusRefusals,
    200: { ...tus, 'Upload-Offset': 'always', 'Upload-Length': 'always', 'Upload-Metadata': 'always' },
  },
  problems: [...blobProblems, ...draftProblems, ...begunProblems, 'uploads/busy'],
});

export const getUpload = endpoint({
  method: 'get',
  path: '/api/uploads/{id}',
  summary: {
    'zh-CN': '返回上传的进度，完成后返回文件所在位置。',
    en: 'Tells how far an upload has come, and where its file stands once it has finished.',
  },
  asks: 'signed-in',
  params: z.object({ id: UploadId }),
  answers: { 200: Upload },
  problems: ['access/not-found'],
});

export const continueUpload = endpoint({
  method: 'patch',
  path: '/api/uploads/{id}',
  summary: {
    'zh-CN': '发送断点续传的字节（tus 1.0.0，可带校验和）；最后一段到达后文件即加入草稿。',
    en: 'Sends bytes of a resumable upload (tus 1.0.0, checksum included); the last ones attach the file.',
  },
  asks: 'signed-in',
  params: z.object({ id: UploadId }),
  headers: { ...tus, 'Upload-Offset': 'always', 'Upload-Checksum': 'sometimes' },
  consumes: 'application/offset+octet-stream',
  body: Bytes,
  answers: { 204: Nothing },
  answerHeaders: {
    ...tusRefusals,
    204: { ...tus, 'Upload-Offset': 'always', 'Upload-Expires': 'sometimes' },
  },
  problems: [
    ...blobProblems,
    ...draftProblems,
    ...begunProblems,
    'uploads/other-offset',
    'uploads/more-than-declared',
    'uploads/wrong-checksum',
    'uploads/busy',
  ],
});

export const abandonUpload = endpoint({
  method: 'delete',
  path: '/api/uploads/{id}',
  summary: {
    'zh-CN': '放弃断点续传并释放已占的空间（tus 1.0.0，termination）。',
    en: 'Gives up a resumable upload and frees its bytes (tus 1.0.0, termination).',
  },
  asks: 'signed-in',
  params: z.object({ id: UploadId }),
  headers: tus,
  answers: { 204: Nothing },
  answerHeaders: { ...tusRefusals, 204: tus },
  problems: [...begunProblems, 'uploads/busy'],
});

export const listUploads = endpoint({
  method: 'get',
  path: '/api/uploads',
  summary: {
    'zh-CN': '列出自己尚未完成的上传，最新的在前，以便续传。',
    en: 'Lists the own uploads that have not finished, newest first, so that they can be taken up again.',
  },
  asks: 'signed-in',
  answers: { 200: z.object({ items: z.array(Upload) }) },
});

export const storage = endpoint({
  method: 'get',
  path: '/api/me/storage',
  summary: {
    'zh-CN': '返回本单位已用和可用的存储空间，单位为字节。',
    en: 'Tells what the own organisation stores and may store, in bytes.',
  },
  asks: 'signed-in',
  answers: {
    200: z.object({ used: z.number(), reserved: z.number(), quota: z.number(), largestFile: z.number() }),
  },
});

/** What a comparison of the records with the bytes found. */
export const Verification = z.object({
  /** Blobs that were read, every byte of them, and their bytes. */
  checked: z.number().int(),
  bytes: z.number(),
  /** Blobs whose bytes are not those that were stored. */
  changed: z.array(z.object({ sha256: z.string(), key: z.string() })),
  /** Blobs whose bytes are gone. */
  missing: z.array(z.object({ sha256: z.string(), key: z.string() })),
  /** Objects that no record points to; the sweep removes them after a day. */
  untracked: z.array(z.object({ key: z.string(), size: z.number() })),
});

export const verifyStorage = endpoint({
  method: 'get',
  path: '/api/storage/verification',
  summary: {
    'zh-CN': '读取所存的每个字节并与记录比对，不作任何修改；耗时取决于数据量。',
    en: 'Reads every stored byte and compares it with the records; changes nothing. Takes as long as that takes.',
  },
  asks: { action: 'read', subject: 'job' },
  answers: { 200: Verification },
});

/** How the stored bytes are. */
export const StorageCondition = z.object({
  blobs: z.number().int(),
  bytes: z.number(),
  /** Every file has been read and found right since then; null when there is none. */
  checkedSince: Moment.nullable(),
  /** The newest hundred files that nobody is handed. */
  setAside: z.array(
    z.object({
      sha256: z.string(),
      /** `damaged`: the bytes are not those that were stored, or gone; `infected`: found by the virus scanner. */
      fault: z.enum(['damaged', 'infected']),
      threat: z.string().optional(),
      size: z.number().int(),
      mediaType: z.string(),
      foundAt: Moment,
      /** Those that brought it. */
      organisations: z.array(z.object({ id: Id, name: z.string() })),
      /** Where it stands. */
      places: z.array(z.object({ resource: Id, title: z.string(), path: z.string() })),
    }),
  ),
});

export const storageCondition = endpoint({
  method: 'get',
  path: '/api/storage',
  summary: {
    'zh-CN': '返回存储总量、自何时起每个字节都已核验无误，以及因损坏或带病毒而停止提供的文件。',
    en: 'Tells how much is stored, since when every byte has been verified, and which files are set aside: damaged, or infected.',
  },
  asks: { action: 'read', subject: 'job' },
  answers: { 200: StorageCondition },
});

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'sha256' });
const Named = z.strictObject({ path: FilePath, sha256: Sha256 });

export const lookUpFiles = endpoint({
  method: 'post',
  path: '/api/resources/{id}/files/known',
  summary: {
    'zh-CN': '在发送文件之前，查询本单位是否已存有相同的内容，以及相同内容已发布在何处。',
    en: 'Tells before files are sent whether the own organisation holds their bytes, and where the same is published.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: z.object({ id: Id }),
  body: z.strictObject({ files: z.array(Named).min(1).max(100) }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          path: z.string(),
          held: z.boolean(),
          /** Published files with the same bytes that the member may read. */
          published: z.array(z.object({ id: z.string(), title: z.string(), path: z.string() })),
        }),
      ),
    }),
  },
  problems: draftProblems,
});

export const attachHeldFiles = endpoint({
  method: 'post',
  path: '/api/resources/{id}/files/held',
  summary: {
    'zh-CN': '添加本单位已存有内容的文件，无需再次上传。',
    en: 'Adds files whose bytes the own organisation holds already, so that they need not be sent.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: z.object({ id: Id }),
  body: z.strictObject({
    files: z.array(Named).min(1).max(100),
    /** What becomes of a file whose path is taken. */
    taken: TakenWay.default('replace'),
  }),
  answers: { 201: z.object({ items: z.array(UploadedFile) }) },
  problems: [...blobProblems, ...draftProblems, 'uploads/not-held'],
});
