import { z } from 'zod';
import { endpoint, Id, line, Moment, Nothing, Paging, question, several } from '../http/contract.ts';
import { kinds, levels, licences, ResourceCard } from '../resources/contract.ts';

/** What hits can be narrowed by; each counts its values under all filters but its own. */
export const facets = [
  'kind',
  'level',
  'major',
  'course',
  'organisation',
  'materialType',
  'mediaType',
  'licence',
  'year',
  'language',
  'tag',
] as const;
export type Facet = (typeof facets)[number];

export const sorts = ['relevance', 'newest', 'most-used', 'best-rated'] as const;
export type Sort = (typeof sorts)[number];

/**
 * How a query was taken: every word as typed, without characters that stand alone beside a word, long words by the
 * shorter ones inside them, only half of the words, or any of them, when the stricter way found too little.
 */
export const strictnesses = ['words', 'longer', 'parts', 'half', 'any'] as const;

/** HTML in which `<mark>` is the only element: what answers the query is marked, everything else is escaped. */
const Marked = z.string();

/** A page, slide, sheet, second or section that answers the query, of a package the file inside; the preview opens there. */
export const PassageHit = z.object({
  /** Path of the file. */
  file: z.string(),
  page: z.number().int().optional(),
  slide: z.number().int().optional(),
  sheet: z.string().optional(),
  seconds: z.number().optional(),
  section: z.string().optional(),
  /** Path inside of the file, when that is a package. */
  entry: z.string().optional(),
  text: Marked,
});
export type PassageHit = z.infer<typeof PassageHit>;

/** What a hit tells of the resource itself: the index keeps it as it leaves the server. */
export const SearchCard = ResourceCard.extend({ mediaTypes: z.array(z.string()) });

/** What a hit tells beside that, made for every answer. */
export const HitMarks = z.object({
  organisationName: z.string(),
  /** Field → its text with the matches marked; only fields that match. */
  highlights: z.record(z.string(), Marked),
  passages: z.array(PassageHit),
});

export const SearchItem = SearchCard.extend(HitMarks.shape);
export type SearchItem = z.infer<typeof SearchItem>;

export const FacetValue = z.object({
  value: z.string(),
  label: z.string(),
  count: z.number().int(),
  /** Value above it, in a hierarchy (majors, courses, media types). */
  parent: z.string().optional(),
});

/** The counts of the values of each facet. */
export const FacetCounts = z.partialRecord(z.enum(facets), z.array(FacetValue));

const TermHint = z.object({ vocabulary: z.string(), code: z.string(), label: z.string() });

/** What one value of each facet may be. */
const values = {
  kind: z.enum(kinds),
  level: z.enum(levels),
  /** Codes; a code stands for everything below it. */
  major: line(64, 1),
  course: line(120, 1),
  organisation: Id,
  materialType: line(64, 1),
  /** A media type (`application/pdf`) or its first half (`video`). */
  mediaType: z.string().regex(/^[a-z]{1,40}(\/[\w.+-]{1,100})?$/, { error: 'mediaType' }),
  licence: z.enum(licences),
  year: z.string().regex(/^\d{4}$/, { error: 'year' }),
  language: z.string().regex(/^[A-Za-z-]{2,20}$/, { error: 'language' }),
  tag: line(40, 1),
} satisfies Record<Facet, z.ZodType>;
type Values = typeof values;

/** Values to narrow by, any of them: of an address, in which the parameter may be repeated, and of JSON. */
const forEach = (field: (value: z.ZodType) => z.ZodType) =>
  Object.fromEntries(facets.map((facet) => [facet, field(values[facet])]));
const repeated = forEach((value) => several(value).default([])) as {
  [Name in Facet]: z.ZodDefault<z.ZodPreprocess<z.ZodArray<Values[Name]>>>;
};
const listed = forEach((value) => z.array(value).max(50).default([])) as {
  [Name in Facet]: z.ZodDefault<z.ZodArray<Values[Name]>>;
};

/** Bounds of size, in bytes, that are counted: below the first, between two, from the last on. */
export const sizeSteps = [10_000_000, 100_000_000, 1_000_000_000] as const;

const common = {
  /** Days, both included, as they are counted in China. */
  publishedFrom: z.iso.date().optional(),
  publishedTo: z.iso.date().optional(),
  sort: z.enum(sorts).optional(),
};

/** What can be asked in an address. */
const asked = {
  q: question(500).default(''),
  ...repeated,
  ...common,
  /** Bytes of all files: from (included) to (not included). */
  sizeFrom: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  sizeTo: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
};

/** The same in JSON, to be kept: without the place in the list of hits. */
export const SearchQuestion = z.strictObject({
  q: question(500).default(''),
  ...listed,
  ...common,
  sizeFrom: z.number().int().min(0).optional(),
  sizeTo: z.number().int().min(0).optional(),
});
export type SearchQuestion = z.output<typeof SearchQuestion>;

export const search = endpoint({
  method: 'get',
  path: '/api/search',
  summary: {
    'zh-CN':
      '搜索已发布的资源。`q` 可用词语、"短语"、-排除词和 字段:值（专业:、类型:、单位:、标题:、作者:）。',
    en: 'Finds published resources. `q` takes words, "phrases", -without and field:value (专业:, 类型:, 单位:, 标题:, 作者:).',
  },
  asks: 'anyone',
  query: Paging.extend(asked),
  answers: {
    200: z.object({
      items: z.array(SearchItem),
      total: z.number().int(),
      facets: FacetCounts,
      /** How many there are of each size, under all other filters. */
      sizes: z.array(
        z.object({
          from: z.number().int().optional(),
          to: z.number().int().optional(),
          count: z.number().int(),
        }),
      ),
      next: z.string().optional(),
      strictness: z.enum(strictnesses),
      /** Words as typed that nothing has, where only some of the words were found. */
      missing: z.array(z.string()).readonly().optional(),
      /** What may have been meant; with `answered`, the hits are already those of this text. */
      didYouMean: z.object({ text: z.string(), answered: z.boolean() }).optional(),
      /** When nothing is found: terms of the vocabularies that come near. */
      neighbours: z.array(TermHint).optional(),
      /** The search engine is away: only titles, tags and terms were searched, without facets. */
      degraded: z.boolean(),
    }),
  },
  problems: ['http/bad-cursor'],
});

/** What a comparison of the resources with the index has done. */
const Compared = z.object({ checked: z.number().int(), put: z.number().int(), removed: z.number().int() });

/** How far the index is. */
export const IndexState = z.object({
  /** `embedded` or `meilisearch`. */
  engine: z.string(),
  /** The index that answers; null before the first is complete. */
  version: z.string().nullable(),
  /** Changes that it does not have yet. */
  behind: z.number().int(),
  /** A comparison of everything that is under way; `of` how many, when all are put again. */
  comparing: Compared.extend({ of: z.number().int().optional() }).nullable(),
  /** The last one that came to its end since the start. */
  compared: Compared.extend({ at: z.iso.datetime() }).nullable(),
});

export const getIndexState = endpoint({
  method: 'get',
  path: '/api/search/index',
  summary: { 'zh-CN': '返回搜索索引的进度。', en: 'Tells how far the search index is.' },
  asks: { action: 'read', subject: 'job' },
  answers: { 200: IndexState },
  problems: ['http/unavailable'],
});

export const rebuildIndex = endpoint({
  method: 'post',
  path: '/api/search/index/rebuild',
  summary: {
    'zh-CN': '在后台重建搜索索引，期间搜索照常可用。',
    en: 'Puts everything into the search index again, in the background; search goes on.',
  },
  asks: { action: 'edit', subject: 'job' },
  body: z.strictObject({}),
  answers: { 202: IndexState },
  problems: ['http/unavailable'],
});

export const suggestionKinds = ['resource', 'term', 'organisation'] as const;

export const Suggestion = z.object({
  kind: z.enum(suggestionKinds),
  /** What to put into the search box. */
  text: z.string(),
  marked: Marked,
  /** The other name by which a term was found, when its own does not hold what is typed. */
  otherName: Marked.optional(),
  /** Identifier of the resource or organisation. */
  id: z.string().optional(),
  vocabulary: z.string().optional(),
  code: z.string().optional(),
});

export const suggest = endpoint({
  method: 'get',
  path: '/api/suggest',
  summary: {
    'zh-CN': '按汉字、拼音或首字母补全正在输入的内容。',
    en: 'Completes what is being typed, in characters, pinyin or initials.',
  },
  asks: 'anyone',
  query: z.strictObject({
    q: question(100).default(''),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  answers: { 200: z.object({ items: z.array(Suggestion) }) },
});

export const similarTo = endpoint({
  method: 'get',
  path: '/api/resources/{id}/similar',
  summary: {
    'zh-CN': '返回成员可见的、与某资源共有词语和术语最多的已发布资源。',
    en: 'Published resources that share the most words and terms with one, as far as the member may see them.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: z.object({ id: Id }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(6) }),
  answers: { 200: z.object({ items: z.array(SearchItem) }) },
});

export const SavedSearch = z.object({
  id: z.string(),
  question: SearchQuestion,
  /** Since when hits count as new. */
  seenAt: Moment,
  /** Hits published since then; null while the search engine is away. */
  fresh: z.number().int().nullable(),
});
export type SavedSearch = z.output<typeof SavedSearch>;

export const listSavedSearches = endpoint({
  method: 'get',
  path: '/api/me/searches',
  summary: {
    'zh-CN': '列出成员关注的搜索，最新的在前，并给出各有多少条新结果。',
    en: 'Lists the searches that the member has saved, newest first, with how many new hits each has.',
  },
  asks: 'signed-in',
  answers: { 200: z.object({ items: z.array(SavedSearch) }) },
});

export const saveSearch = endpoint({
  method: 'post',
  path: '/api/me/searches',
  summary: {
    'zh-CN': '关注一个搜索，以便得知新结果；相同的搜索只保存一次。',
    en: 'Saves a search, so that new hits are told; the same one is kept once.',
  },
  asks: 'signed-in',
  body: z.strictObject({ question: SearchQuestion }),
  answers: { 201: SavedSearch },
  problems: ['search/too-many-saved'],
});

export const markSearchSeen = endpoint({
  method: 'post',
  path: '/api/me/searches/{id}/seen',
  summary: {
    'zh-CN': '把所关注搜索的现有结果标为已看，此后出现的才算新结果。',
    en: 'From now on only later hits of a saved search are new.',
  },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  body: z.strictObject({}),
  answers: { 204: Nothing },
});

export const forgetSearch = endpoint({
  method: 'delete',
  path: '/api/me/searches/{id}',
  summary: { 'zh-CN': '不再关注一个搜索。', en: 'Forgets a saved search.' },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  answers: { 204: Nothing },
});

export const hitOpened = endpoint({
  method: 'post',
  path: '/api/search/opened',
  summary: {
    'zh-CN': '记录某次搜索的一条结果被打开，用于统计很少有人点开的搜索。',
    en: 'Notes that a hit of a question was opened, for the report of questions that lead nowhere.',
  },
  asks: 'anyone',
  body: z.strictObject({ q: line(500, 1) }),
  answers: { 204: Nothing },
});

export const AskedQuestion = z.object({
  q: z.string(),
  asked: z.number().int(),
  /** How often nothing was found as asked. */
  empty: z.number().int(),
  /** How often a hit was opened. */
  opened: z.number().int(),
});

export const searchReport = endpoint({
  method: 'get',
  path: '/api/search/report',
  summary: {
    'zh-CN': '返回近日没有结果的搜索，以及结果几乎无人打开的搜索。',
    en: 'Questions of the last days that found nothing, and those of which hardly any hit is opened.',
  },
  asks: { action: 'edit', subject: 'vocabulary' },
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) }),
  answers: { 200: z.object({ empty: z.array(AskedQuestion), unopened: z.array(AskedQuestion) }) },
});
