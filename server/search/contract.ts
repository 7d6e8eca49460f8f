import { z } from 'zod';
import { endpoint, line, Paging, several } from '../http/contract.ts';
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
 * How a query was taken: every word as typed, long words by the shorter ones inside them, only most of the words, or
 * any of them, when the stricter way found too little.
 */
export const strictnesses = ['words', 'parts', 'most', 'any'] as const;

/** HTML in which `<mark>` is the only element: what answers the query is marked, everything else is escaped. */
const Marked = z.string();

/** A page, slide, sheet, second or section that answers the query; the preview opens there. */
export const PassageHit = z.object({
  /** Path of the file. */
  file: z.string(),
  page: z.number().int().optional(),
  slide: z.number().int().optional(),
  sheet: z.string().optional(),
  seconds: z.number().optional(),
  section: z.string().optional(),
  text: Marked,
});
export type PassageHit = z.infer<typeof PassageHit>;

export const SearchItem = ResourceCard.extend({
  organisationName: z.string(),
  mediaTypes: z.array(z.string()),
  /** Field → its text with the matches marked; only fields that match. */
  highlights: z.record(z.string(), Marked),
  passages: z.array(PassageHit),
});
export type SearchItem = z.infer<typeof SearchItem>;

export const FacetValue = z.object({
  value: z.string(),
  label: z.string(),
  count: z.number().int(),
  /** Value above it, in a hierarchy (majors, courses, media types). */
  parent: z.string().optional(),
});

const TermHint = z.object({ vocabulary: z.string(), code: z.string(), label: z.string() });

/** Values of a facet to narrow by, any of them; the parameter may be repeated. */
const chosen = <Item extends z.ZodType>(item: Item) => several(item).default([]);

const filters = {
  kind: chosen(z.enum(kinds)),
  level: chosen(z.enum(levels)),
  /** Codes; a code stands for everything below it. */
  major: chosen(line(64, 1)),
  course: chosen(line(120, 1)),
  organisation: chosen(z.string().regex(/^[0-9a-f]{24}$/, { error: 'id' })),
  materialType: chosen(line(64, 1)),
  /** A media type (`application/pdf`) or its first half (`video`). */
  mediaType: chosen(z.string().regex(/^[a-z]+(\/[\w.+-]{1,100})?$/)),
  licence: chosen(z.enum(licences)),
  year: chosen(z.string().regex(/^\d{4}$/)),
  language: chosen(z.string().regex(/^[A-Za-z-]{2,20}$/)),
  tag: chosen(line(40, 1)),
};

export const search = endpoint({
  method: 'get',
  path: '/api/search',
  summary:
    'Finds published resources. `q` takes words, "phrases", -without and field:value (专业:, 类型:, 单位:, 标题:, 作者:).',
  asks: 'anyone',
  query: Paging.extend({ q: z.string().max(500).default(''), ...filters, sort: z.enum(sorts).optional() }),
  answers: {
    200: z.object({
      items: z.array(SearchItem),
      total: z.number().int(),
      facets: z.partialRecord(z.enum(facets), z.array(FacetValue)),
      next: z.string().optional(),
      strictness: z.enum(strictnesses),
      /** What may have been meant; with `answered`, the hits are already those of this text. */
      didYouMean: z.object({ text: z.string(), answered: z.boolean() }).optional(),
      /** When nothing is found: terms of the vocabularies that come near. */
      neighbours: z.array(TermHint).optional(),
      /** The search engine is away: only titles were searched, without facets. */
      degraded: z.boolean(),
    }),
  },
  problems: ['http/bad-cursor'],
});

/** How far the index is. */
export const IndexState = z.object({
  /** `embedded` or `meilisearch`. */
  engine: z.string(),
  /** The index that answers; null before the first is complete. */
  version: z.string().nullable(),
  /** Changes that it does not have yet. */
  behind: z.number().int(),
  /** A comparison of everything that is under way. */
  comparing: z
    .object({ checked: z.number().int(), put: z.number().int(), removed: z.number().int() })
    .nullable(),
});

export const getIndexState = endpoint({
  method: 'get',
  path: '/api/search/index',
  summary: 'Tells how far the search index is.',
  asks: { action: 'read', subject: 'job' },
  answers: { 200: IndexState },
});

export const rebuildIndex = endpoint({
  method: 'post',
  path: '/api/search/index/rebuild',
  summary: 'Puts everything into the search index again, in the background; search goes on.',
  asks: { action: 'edit', subject: 'job' },
  body: z.strictObject({}),
  answers: { 202: IndexState },
});

export const suggestionKinds = ['resource', 'term', 'organisation'] as const;

export const Suggestion = z.object({
  kind: z.enum(suggestionKinds),
  /** What to put into the search box. */
  text: z.string(),
  marked: Marked,
  /** Identifier of the resource or organisation. */
  id: z.string().optional(),
  vocabulary: z.string().optional(),
  code: z.string().optional(),
});

export const suggest = endpoint({
  method: 'get',
  path: '/api/suggest',
  summary: 'Completes what is being typed, in characters, pinyin or initials.',
  asks: 'anyone',
  query: z.strictObject({
    q: z.string().max(100).default(''),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  answers: { 200: z.object({ items: z.array(Suggestion) }) },
});
