import { z } from 'zod';
import { fileArchiveProblems } from '../archives/contract.ts';
import { copies, DerivativeState, Facts, reasons, recipes, thumbnailSizes } from '../derive/contract.ts';
import { endpoint, Id, Moment, Nothing, whole } from '../http/contract.ts';
import { Annotations, FilePath, Which } from '../resources/contract.ts';

const size = z.enum(Object.keys(thumbnailSizes) as (keyof typeof thumbnailSizes)[]);

/** A file as a page shows it. The addresses need no sign-in; how long they work, `lasts` tells. */
export const Preview = z.object({
  path: z.string(),
  size: z.number().int(),
  mediaType: z.string(),
  sha256: z.string(),
  /** On the content origin; with ranges. */
  url: z.string(),
  /** Pictures by size, as AVIF for browsers that read it and as WebP for others; missing until they are made. */
  thumbnails: z.partialRecord(size, z.object({ url: z.string(), width: z.number(), height: z.number() })),
  /** What is opened in place of the file, when a browser cannot open it itself; missing until it is made. */
  copies: z.partialRecord(
    z.enum(copies),
    z.object({ url: z.string(), size: z.number().int(), mediaType: z.string() }),
  ),
  /** Of a film: the captions inside of it, as WebVTT; missing until they are taken out. */
  captions: z
    .array(z.object({ url: z.string(), language: z.string().optional(), title: z.string().optional() }))
    .optional(),
  /** Of a large picture: the base of an image of IIIF Image API 3.0, level 1, whose `info.json` stands below it. */
  tiles: z.string().optional(),
  facts: Facts,
  /** Labels on a model or in a 360° photo, in order. */
  annotations: Annotations.optional(),
  /**
   * Why its bytes are handed to nobody, in the language of the answer: they are infected or were damaged in storage.
   * `url` leads nowhere then.
   */
  setAside: z.string().optional(),
  /** Whether the virus scanner has seen it; with the threat when it found one. */
  scan: z.object({
    state: z.enum(['waiting', 'clean', 'infected', 'unscanned']),
    threat: z.string().optional(),
    /** What that means, in the language of the answer. */
    detail: z.string().optional(),
  }),
  /** How far each recipe for this kind of file has come, and why one failed. */
  made: z.array(
    z.object({
      recipe: z.enum(recipes),
      state: DerivativeState,
      reason: z.enum(reasons).optional(),
      /** The reason as a sentence, in the language of the answer. */
      detail: z.string().optional(),
      /** How much is done, from 0 to 1, of what takes long and has begun. */
      progress: z.number().optional(),
    }),
  ),
  /** What the member may do: have a film encoded that browsers do not play, or stop that. */
  can: z.array(z.enum(['encode', 'stop-encoding'])),
});
export type Preview = z.infer<typeof Preview>;

/** Seconds for which the addresses in an answer work, at least; who needs them longer asks again. */
const lasts = z.number().int();

export const listPreviews = endpoint({
  method: 'get',
  path: '/api/resources/{id}/previews',
  summary: {
    'zh-CN': '列出某个版本或草稿的文件，以及在线预览所需的信息。',
    en: 'Lists the files of a version or of the draft with what is needed to show them in place.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id }),
  query: z.strictObject({ version: Which.default('newest') }),
  answers: { 200: z.object({ lasts, items: z.array(Preview) }) },
  problems: ['resources/no-draft', 'resources/withdrawn'],
});

const fileProblems = ['resources/no-draft', 'resources/withdrawn', 'resources/no-such-file'] as const;

const film = {
  path: '/api/resources/{id}/versions/{version}/encoding/{path+}',
  asks: 'signed-in',
  params: z.object({ id: Id, version: Which, path: FilePath }),
  answers: { 204: Nothing },
} as const;

export const encodeFile = endpoint({
  ...film,
  method: 'post',
  summary: {
    'zh-CN': '请求把浏览器放不了的视频转换成可播放的副本；进度见文件列表中的 `made`。',
    en: 'Asks for a copy of a film that browsers do not play; how far it is stands in `made` of the list of files.',
  },
  problems: [...fileProblems, 'content/not-encodable'],
});

export const stopEncodingFile = endpoint({
  ...film,
  method: 'delete',
  summary: {
    'zh-CN': '停止视频转换：由请求转换的成员，或可编辑该资源的成员。',
    en: 'Stops that, for the member who asked and for those who may edit the resource.',
  },
  problems: [...fileProblems, 'content/not-encoding'],
});

export const openFile = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/content/{path+}',
  summary: {
    'zh-CN': '跳转到内容服务上的文件，供在线预览。',
    en: 'Leads to a file on the content origin, to be shown in place.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: Which, path: FilePath }),
  answers: { 302: Nothing },
  problems: fileProblems,
});

export const getCover = endpoint({
  method: 'get',
  path: '/api/resources/{id}/cover',
  summary: {
    'zh-CN': '跳转到资源的封面图片；尚未生成或无法生成时没有内容（204），浏览器不会报错。',
    en: 'Leads to the picture that stands for a resource. While there is none, or none can be made, the answer is empty (204), which no browser takes for a fault.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id }),
  query: z.strictObject({ size: size.default('medium') }),
  answers: { 302: Nothing, 204: Nothing },
  problems: ['resources/no-draft', 'resources/withdrawn'],
});

const pixels = z.coerce.number().int().min(100).max(4000).optional();

export const describeEmbed = endpoint({
  method: 'get',
  path: '/api/oembed',
  summary: {
    'zh-CN': '告诉其他网站如何把某个地址上已发布的资源嵌入其网页（oEmbed 1.0 第 2.2、2.3 节）。',
    en: 'Tells another site how the published resource at an address is put into its pages (oEmbed 1.0, sections 2.2 and 2.3).',
  },
  asks: 'anyone',
  query: z.strictObject({
    /** Address of the page of a resource, or of the one that is embedded. */
    url: whole().max(2000),
    maxwidth: pixels,
    maxheight: pixels,
    format: z.enum(['json', 'xml']).default('json'),
  }),
  answers: {
    200: z.object({
      version: z.literal('1.0'),
      type: z.literal('rich'),
      title: z.string(),
      provider_name: z.string(),
      html: z.string(),
      width: z.number().int(),
      height: z.number().int(),
    }),
  },
  problems: ['content/not-embeddable', 'content/format-not-offered'],
});

/** A file inside of a zip. */
const Entry = z.object({
  path: z.string(),
  /** Bytes unpacked, and as they lie in the zip. */
  size: z.number().int(),
  packed: z.number().int(),
  mediaType: z.string(),
  modifiedAt: Moment,
});

export const listEntries = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/entries/{path+}',
  summary: {
    'zh-CN':
      '列出 zip 文件里的内容。在内容服务上，`url` 后接路径可读取文件，`play` 后接路径可在沙箱中运行；地址在 `lasts` 秒内有效，支持分段读取。',
    en: 'Lists what is inside of a file that is a zip. Behind `url`, on the content origin, stands each path to be read, behind `play` to be run in a sandbox; the addresses work for `lasts` seconds, with ranges.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: Which, path: FilePath }),
  answers: { 200: z.object({ lasts, url: z.string(), play: z.string(), items: z.array(Entry) }) },
  problems: fileArchiveProblems,
});

/** A piece of the text of a file: where it stands, and what it says. */
const Passage = z.object({
  text: z.string(),
  page: z.number().int().optional(),
  slide: z.number().int().optional(),
  seconds: z.number().optional(),
  sheet: z.string().optional(),
  section: z.string().optional(),
  /** Path inside of the file, when that is a package. */
  entry: z.string().optional(),
});

export const listPassages = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/passages/{path+}',
  summary: {
    'zh-CN': '按页、幻灯片、工作表、秒或章节列出文件中已读出的文字。',
    en: 'Lists the text of a file by page, slide, sheet, second or section, as far as it has been read.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id, version: Which, path: FilePath }),
  answers: { 200: z.object({ items: z.array(Passage) }) },
  problems: fileProblems,
});
