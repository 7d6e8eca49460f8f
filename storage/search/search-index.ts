/**
 * The port of the search index: derived data that can always be built again from the documents.
 * It knows nothing of language, people or HTTP. Documents arrive already analysed: every field is a list of
 * index terms, opaque strings without white space, and a query names the terms it wants.
 */

/** What an index is made for. A change of anything here, or of the analysis, asks for another version. */
export interface IndexSettings {
  /** Names the analysis and these settings: two indexes of one version hold the same terms. `[a-z0-9-]+` */
  readonly version: string;
  /** Fields by importance: the weight that a matched word earns there. */
  readonly fields: Readonly<Record<string, number>>;
  /** The one of the fields whose terms come from the passages. */
  readonly passageField: string;
  /** Names of the values that can be filtered by and counted. */
  readonly facets: readonly string[];
  /** Numbers to filter and sort by, and how they gently lift a document among equally good matches. */
  readonly numbers: Readonly<Record<string, NumberSettings>>;
}

export interface NumberSettings {
  /** The most that this number can add to the relevance of a document; none when left out. */
  readonly gain?: number;
  /** `more`: grows with the logarithm up to `full`. `recent`: milliseconds since 1970, halves every `full` ms. */
  readonly grows?: 'more' | 'recent';
  readonly full?: number;
}

export interface SearchDocument {
  /** Without white space. */
  readonly id: string;
  /** Revision of the source that this was made from. */
  readonly revision: number;
  /** A request finds the document when one of its audience keys is among these. */
  readonly audience: readonly string[];
  /** Index terms by field, without repetition. */
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly facets: Readonly<Record<string, readonly string[]>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** JSON in one line; given back with a hit as it is. */
  readonly stored: string;
  readonly passages: readonly Passage[];
}

/** A page, slide, caption or section. */
export interface Passage {
  readonly text: string;
  /** The text as needles are compared with it: the same folding as theirs. */
  readonly folded: string;
  /** Where it stands; given back as it is. */
  readonly place: string;
}

/** One word of the searcher, in all the ways in which it may be met. */
export interface Group {
  readonly any: readonly Alternative[];
  /** Only this very text counts: where its terms stand in the passages, the passages are read to make sure. */
  readonly exactly?: string;
}

/** All of the terms, in one field. */
export interface Alternative {
  readonly terms: readonly string[];
  /** From 0 to 1: how good a match this is, compared with the word itself. */
  readonly weight: number;
  /** All fields when left out. */
  readonly fields?: readonly string[];
}

export interface Query {
  readonly groups: readonly Group[];
  /** How many of the groups a document must match; more are better. */
  readonly minimum: number;
  readonly excluded: readonly Group[];
  /** What lifts a document that matches already, by this much: the words side by side, the exact title, … */
  readonly lifts: readonly {
    readonly terms: readonly string[];
    readonly field: string;
    readonly by: number;
    /** A term that stands wherever these do, and seldom elsewhere: an engine may look for it first. */
    readonly telling?: string;
  }[];
  /** Folded texts that make a passage worth showing. */
  readonly needles: readonly string[];
}

/** From `from` (included) to `to` (not included). */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** Asks for nothing in particular: every document answers. */
export const everything: Query = { groups: [], minimum: 0, excluded: [], lifts: [], needles: [] };

/** What is looked for, without what is to be told of the hits. */
export type CountRequest = Pick<SearchRequest, 'audience' | 'query' | 'filters' | 'ranges'>;

/** One of several ways to take a question. */
export interface Attempt {
  readonly query: Query;
  /** It is tried only when each of those before it has fewer hits than this. */
  readonly ifFewerThan: number;
}

export interface SearchRequest {
  /** Keys of the searcher, or everything: only for the product itself, never for a person. */
  readonly audience: readonly string[] | 'all';
  readonly query?: Query;
  /** Of each facet named, a document has one of the values. */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
  readonly ranges?: Readonly<Record<string, Range>>;
  /** Which facets to count: each under all filters but its own; `mostFacetValues` at most are given. */
  readonly facets?: readonly string[];
  /** Which numbers to count by ranges, each under all ranges but its own. */
  readonly buckets?: Readonly<Record<string, readonly Range[]>>;
  /** By relevance, or by a number, largest first. */
  readonly sort?: string;
  readonly limit: number;
  /** The `next` of the answer before. */
  readonly after?: string;
  /** At most this many passages a hit. */
  readonly passages?: number;
  /** What counts as now for recency, ms since 1970. */
  readonly now: number;
}

export interface SearchAnswer {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly facets: Readonly<Record<string, readonly FacetCount[]>>;
  /** Counts in the order of the ranges asked for. */
  readonly buckets: Readonly<Record<string, readonly number[]>>;
  /** Where the next page begins: keeps its place when documents come and go. */
  readonly next?: string;
}

export interface AttemptAnswer extends SearchAnswer {
  /** Which of the attempts it answers. */
  readonly at: number;
}

export interface Hit {
  readonly id: string;
  readonly stored: string;
  readonly passages: readonly Omit<Passage, 'folded'>[];
}

/** Values of a facet that are counted in an answer, the most frequent ones. */
export const mostFacetValues = 60;

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

export interface SearchIndex {
  readonly version: string;
  /**
   * Puts documents in (each in place of the one with its id) and takes others out.
   * Done when the engine keeps it and finds it. @throws SearchUnavailable
   */
  apply(changes: {
    readonly put?: readonly SearchDocument[];
    readonly remove?: readonly string[];
  }): Promise<void>;
  /** @throws SearchUnavailable; UnknownCursor when `after` is not one that this index gave */
  search(request: SearchRequest): Promise<SearchAnswer>;
  /**
   * Tries ways to take a question in turn. Gives the answer to the one with the most hits, of several the first;
   * undefined when none has any. @throws SearchUnavailable
   */
  searchInTurn(
    request: Omit<SearchRequest, 'query' | 'after'>,
    attempts: readonly Attempt[],
  ): Promise<AttemptAnswer | undefined>;
  /** How many hits a question has. @throws SearchUnavailable */
  total(question: CountRequest): Promise<number>;
  /**
   * Names what an audience can find: whoever has the same view gets the same answer to the same question. Undefined
   * when the engine cannot tell, for instance because others change the index, too. @throws SearchUnavailable
   */
  viewOf(audience: readonly string[]): Promise<string | undefined>;
  /** Identifier and revision of what it holds, in the order of the identifiers, for comparing. */
  revisions(after: string, limit: number): Promise<{ id: string; revision: number }[]>;
}

export interface SearchEngine {
  /** For people: `embedded`, `meilisearch`. */
  readonly name: string;
  /** The index that answers now; undefined before the first is promoted. @throws SearchUnavailable */
  current(): Promise<SearchIndex | undefined>;
  /** Opens the index of this version beside the current one; makes it when it is not there. @throws SearchUnavailable */
  open(settings: IndexSettings): Promise<SearchIndex>;
  /** From now on this version is the current one; the others are dropped. */
  promote(version: string): Promise<void>;
  /** Resolves when the engine answers. @throws SearchUnavailable */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The engine cannot be reached or does not answer; a later attempt may succeed. */
export class SearchUnavailable extends Error {
  override readonly name = 'SearchUnavailable';
}

export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';
}
