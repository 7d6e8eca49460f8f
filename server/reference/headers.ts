import type { HeaderName, HeaderUse, Said } from '../http/contract.ts';
import type { JsonSchema } from './json-schema.ts';

interface Header {
  says: Said;
  schema: JsonSchema;
}

const text: JsonSchema = { type: 'string' };
const bytes: JsonSchema = { type: 'integer', minimum: 0 };
const tusVersion: JsonSchema = { const: '1.0.0' };

/** What each header means, in a request or in an answer. */
const headers: Readonly<Record<HeaderName, Header>> = {
  'Accept-Ranges': {
    says: { 'zh-CN': '可以用 Range 只取一部分。', en: 'Parts can be asked for with Range.' },
    schema: { const: 'bytes' },
  },
  'Content-Disposition': {
    says: { 'zh-CN': '下载时保存的文件名。', en: 'The name under which a download is saved.' },
    schema: text,
  },
  'Content-Range': {
    says: {
      'zh-CN': '返回的是哪些字节、总共多少；一次取多段时，写在各段之内。',
      en: 'Which bytes these are, and of how many; of several ranges at once, each part has its own.',
    },
    schema: text,
  },
  ETag: {
    says: {
      'zh-CN': '内容的标识：可编辑的内容为修订号，可在 If-Match 中送回；文件为其字节的标识。',
      en: 'Tells one state from another: of what can be edited its revision, for If-Match; of files, their bytes.',
    },
    schema: text,
  },
  'If-Match': {
    says: {
      'zh-CN': '调用者所见内容的 ETag；已不是最新时返回 412，不作修改。不带此请求头则直接覆盖。',
      en: 'The ETag that the caller has seen: 412, and nothing is changed, when it is not the newest. Without it, what others changed meanwhile is overwritten.',
    },
    schema: text,
  },
  'If-None-Match': {
    says: {
      'zh-CN': '调用者已有内容的 ETag；未变时返回 304，不再发送。',
      en: 'The ETag of what the caller has: 304 when it is still the same.',
    },
    schema: text,
  },
  'If-Range': {
    says: {
      'zh-CN': 'Range 所针对的 ETag；内容已变时返回全部。',
      en: 'The ETag that Range is meant for: of anything else, everything is sent.',
    },
    schema: text,
  },
  Location: {
    says: { 'zh-CN': '应前往的地址。', en: 'The address to go to.' },
    schema: { type: 'string', format: 'uri-reference' },
  },
  Range: {
    says: {
      'zh-CN': '所要的字节，可以有多段，例如 bytes=0-1023。',
      en: 'The bytes that are asked for, in several ranges if wanted: bytes=0-1023.',
    },
    schema: text,
  },
  'Retry-After': {
    says: { 'zh-CN': '多少秒后再试。', en: 'After how many seconds to try again.' },
    schema: { type: 'integer', minimum: 1 },
  },
  'Tus-Checksum-Algorithm': {
    says: { 'zh-CN': '可用的校验算法，以逗号分隔。', en: 'Algorithms of checksums, between commas.' },
    schema: text,
  },
  'Tus-Extension': {
    says: {
      'zh-CN': '支持的 tus 扩展，以逗号分隔。',
      en: 'The extensions of tus that work, between commas.',
    },
    schema: text,
  },
  'Tus-Max-Size': {
    says: { 'zh-CN': '单个文件最多多少字节。', en: 'The most bytes that one file may have.' },
    schema: bytes,
  },
  'Tus-Resumable': {
    says: { 'zh-CN': '所用的 tus 版本。', en: 'The version of tus that is spoken.' },
    schema: tusVersion,
  },
  'Tus-Version': {
    says: { 'zh-CN': '服务器支持的 tus 版本。', en: 'The version of tus that the server speaks.' },
    schema: tusVersion,
  },
  'Upload-Checksum': {
    says: {
      'zh-CN': '所发字节的校验和：算法、空格、Base64；不符时这些字节不计入。',
      en: 'The checksum of the bytes that are sent, as algorithm, space and Base64; with a wrong one they do not count.',
    },
    schema: text,
  },
  'Upload-Expires': {
    says: {
      'zh-CN': '到何时仍无新的字节，未完成的上传将被清除。',
      en: 'When an unfinished upload to which nothing is added will be forgotten.',
    },
    schema: text,
  },
  'Upload-Length': {
    says: { 'zh-CN': '整个文件的字节数。', en: 'The bytes of the whole file.' },
    schema: bytes,
  },
  'Upload-Metadata': {
    says: {
      'zh-CN':
        '以逗号分隔的“名称 Base64 值”：filename 为文件名，resource 为草稿所属资源，可加 path（文件夹中的位置）、filetype（媒体类型）和 taken：为 rename 时，路径已有文件则另取名称，否则替换它。',
      en: 'Pairs of name and Base64, between commas: filename, resource (whose draft it is for) and, if wanted, path (a place in a folder), filetype (its media type) and taken: with rename, a file whose path is taken gets another name, otherwise it replaces the one there.',
    },
    schema: text,
  },
  'Upload-Offset': {
    says: {
      'zh-CN': '已经收到多少字节，也就是从哪个字节继续。',
      en: 'How many bytes have arrived, which is where it goes on.',
    },
    schema: bytes,
  },
  'WWW-Authenticate': {
    says: {
      'zh-CN': '程序登录的方式：以 Authorization: Bearer 送上访问令牌。',
      en: 'How programs sign in: with a token, in Authorization: Bearer.',
    },
    schema: { const: 'Bearer' },
  },
};

/** Headers by name, whether each is always there, and what it means. */
export const usesOf = (use: HeaderUse): (Header & { name: string; isAlways: boolean })[] =>
  (Object.keys(use) as HeaderName[]).map((name) => ({
    name,
    isAlways: use[name] === 'always',
    ...headers[name],
  }));
