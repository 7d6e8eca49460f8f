import {
  type Attempt,
  type AttemptAnswer,
  type CountRequest,
  everything,
  type FacetCount,
  type IndexSettings,
  type NumberSettings,
  type Query,
  type SearchAnswer,
  type SearchRequest,
  UnknownCursor,
} from '../search-index.ts';
import { type Found, ListColumn, NumberColumn } from './columns.ts';
import { type Columns, IndexDatabase } from './database.ts';
import { DocSet } from './doc-set.ts';
import { Kept } from './kept.ts';
import { type Matched, type MatchedGroup, matchQuery, type Source } from './matching.ts';
import { FieldLetters, type Packed } from './packing.ts';
import { Postings } from './postings.ts';
import { best, contenders, type Ranked, Scores } from './ranking.ts';

const postingsKept = 32 * 1024 * 1024;
const wordsKept = 100;
/** Texts that passages are looked through for; the first are the searcher's own words. */
const mostNeedles = 8;
/** The audience key that every document has here, for requests that ask for all. */
const all = '*';

/**
 * One index, as it lives in its worker: exact matches are sets of document numbers, audience, facets and numbers
 * are columns in memory, and only the documents of the page are read from the file.
 */
export class IndexStore {
  private readonly database: IndexDatabase;
  private readonly postings: Postings;
  private readonly audience = new ListColumn();
  private readonly facets: ReadonlyMap<string, ListColumn>;
  private readonly numbers: ReadonlyMap<string, [NumberSettings, NumberColumn]>;
  private readonly scores: Scores;
  private readonly letters: FieldLetters;
  private readonly words = new Kept<MatchedGroup>(wordsKept);
  private readonly source: Source;
  /** One more than the largest number of a document. */
  private end = 1;

  constructor(file: string, settings: IndexSettings) {
    this.database = new IndexDatabase(file);
    this.postings = new Postings((lists) => this.database.holding(lists), postingsKept);
    this.facets = new Map(settings.facets.map((name) => [name, new ListColumn()]));
    this.numbers = new Map(
      Object.entries(settings.numbers).map(([name, how]) => [name, [how, new NumberColumn()]]),
    );
    this.scores = new Scores(this.numbers);
    this.letters = new FieldLetters(settings.fields);
    this.source = {
      fields: settings.fields,
      passageField: settings.passageField,
      holding: (field, terms) => this.holding(field, terms),
      expect: (wanted) =>
        this.postings.fetch(wanted.flatMap(({ field, terms }) => this.lettered(field, terms))),
      holdsText: (doc, text) => this.database.holdsText(doc, text),
      words: this.words,
    };
    for (const [doc, columns] of this.database.columns()) this.place(doc, columns);
  }

  apply(put: readonly Packed[], remove: readonly string[]): void {
    const placed: [number, Packed][] = [];
    const gone: number[] = [];
    let found: ReadonlyMap<number, string> = new Map();
    this.database.transaction(() => {
      const terms = new Map<number, string>();
      for (const id of remove) {
        const doc = this.database.remove(id);
        if (doc !== undefined) gone.push(doc);
      }
      for (const document of put) {
        const doc = this.database.put(document);
        placed.push([doc, document]);
        terms.set(doc, document.terms);
      }
      found = this.database.index(terms);
    });
    this.words.clear();
    for (const doc of gone) this.audience.set(doc, []);
    for (const [doc, columns] of placed) this.place(doc, columns);
    this.postings.changed(new Map([...gone.map((doc) => [doc, ''] as const), ...found]));
  }

  search(request: SearchRequest): SearchAnswer {
    return this.answer(request, this.match(request));
  }

  searchInTurn(
    request: Omit<SearchRequest, 'query' | 'after'>,
    attempts: readonly Attempt[],
  ): AttemptAnswer | undefined {
    let most = 0;
    let chosen: (() => AttemptAnswer) | undefined;
    for (const [at, { query, ifFewerThan }] of attempts.entries()) {
      if (most >= ifFewerThan) continue;
      const one = { ...request, query };
      const matched = this.match(one);
      const total = this.restrict(one, matched.docs).within().docs.size;
      if (total <= most) continue;
      most = total;
      chosen = () => ({ at, ...this.answer(one, matched) });
    }
    return chosen?.();
  }

  /** How many hits a question has. */
  total(question: CountRequest): number {
    return this.restrict(question, this.match(question).docs).within().docs.size;
  }

  private answer(request: SearchRequest, { docs: matching, groups, levels }: Matched): SearchAnswer {
    const cursor = request.after === undefined ? undefined : readCursor(request.after);
    const query = request.query ?? everything;
    const restricted = this.restrict(request, matching);
    const found = restricted.within();
    const places = request.limit + 1;
    const number = request.sort === undefined ? undefined : this.numbers.get(request.sort);
    const some = number ? found : foundIn(contenders(found.docs, levels, groups.length, places, cursor));
    const scores = number ? number[1].all : this.scoresOf(some, groups, request);
    const ranked = best(some.numbers, scores, places, cursor);
    const page = ranked.slice(0, request.limit);
    const last = page.at(-1);
    return {
      hits: this.database.hits(
        page.map(({ doc }) => doc),
        query.needles.slice(0, mostNeedles),
        request.passages ?? 0,
        (doc) => groups.some(({ matches }) => matches.some((one) => one.inPassages && one.docs.has(doc))),
      ),
      total: found.docs.size,
      facets: Object.fromEntries(
        (request.facets ?? []).map((name): [string, FacetCount[]] => [
          name,
          this.facets.get(name)?.count(restricted.within(name), this.end) ?? [],
        ]),
      ),
      buckets: Object.fromEntries(
        Object.entries(request.buckets ?? {}).map(([name, ranges]): [string, number[]] => [
          name,
          this.numbers.get(name)?.[1].count(ranges, restricted.within(name), this.end) ?? ranges.map(() => 0),
        ]),
      ),
      ...(ranked.length > page.length && last && { next: writeCursor(last) }),
    };
  }

  /** Those of the keys that open something which none of the others opens: without the rest as much is seen. */
  reach(audience: readonly string[]): string[] {
    let keys = audience;
    for (const key of audience) {
      const others = keys.filter((other) => other !== key);
      if (this.visibleTo([key]).minus(this.visibleTo(others)).size === 0) keys = others;
    }
    return [...keys];
  }

  revisions(after: string, limit: number): { id: string; revision: number }[] {
    return this.database.revisions(after, limit);
  }

  /** Does a little of what makes later searches faster. @returns whether there is more to do */
  tidy(): boolean {
    return this.database.tidy(this.end);
  }

  close(): void {
    this.database.close();
  }

  private match({ audience, query = everything }: CountRequest): Matched {
    return matchQuery(this.source, query, this.visibleTo(audience));
  }

  private scoresOf(
    found: Found,
    groups: readonly MatchedGroup[],
    { audience, query = everything, now }: SearchRequest,
  ): Float64Array {
    const lifts = this.liftsOf(query, found);
    return this.scores.of(found, groups, lifts, this.visibleTo(audience), this.end, now);
  }

  /** What lifts documents that were found above others; what can lift none of them is not read. */
  private liftsOf({ lifts }: Query, { docs }: Found): { docs: DocSet; by: number }[] {
    if (docs.size === 0) return [];
    const told = lifts.flatMap(({ telling, field }) =>
      telling === undefined ? [] : { terms: [telling], field },
    );
    this.source.expect(told);
    const some = lifts.filter(
      ({ telling, field }) => telling === undefined || this.holding(field, [telling]).meets(docs),
    );
    this.source.expect(some);
    return some.map(({ terms, field, by }) => ({ docs: this.holding(field, terms), by }));
  }

  private holding(field: string, terms: readonly string[]): DocSet {
    const [lettered] = this.lettered(field, terms);
    return lettered ? this.postings.holding(lettered) : DocSet.empty;
  }

  /** The terms as they stand in the file; nothing for a field that the index does not have. */
  private lettered(field: string, terms: readonly string[]): string[][] {
    const letter = this.letters.of(field);
    return letter === undefined ? [] : [terms.map((term) => letter + term)];
  }

  /** The filters as sets; `within` is what remains under all of them, or all but one. */
  private restrict(request: CountRequest, matching: DocSet): { within(except?: string): Found } {
    const sets: [string, DocSet][] = [];
    for (const [name, values] of Object.entries(request.filters ?? {}))
      sets.push([name, this.facets.get(name)?.having(values, this.end) ?? DocSet.empty]);
    for (const [name, range] of Object.entries(request.ranges ?? {}))
      sets.push([name, this.numbers.get(name)?.[1].within(range, this.end) ?? DocSet.empty]);
    const known = new Map<string, Found>();
    return {
      within: (except) => {
        const key = sets.some(([name]) => name === except) ? (except as string) : '';
        const before = known.get(key);
        if (before) return before;
        const docs = sets.reduce((left, [name, set]) => (name === key ? left : left.and(set)), matching);
        const found = foundIn(docs);
        known.set(key, found);
        return found;
      },
    };
  }

  private visibleTo(audience: readonly string[] | 'all'): DocSet {
    const keys = audience === 'all' ? [all] : audience.filter((key) => key !== all);
    return this.audience.having(keys, this.end);
  }

  private place(doc: number, { audience, facets, numbers }: Columns): void {
    if (doc >= this.end) this.end = doc + 1;
    this.audience.set(doc, [all, ...audience]);
    for (const [name, column] of this.facets) column.set(doc, facets[name] ?? []);
    for (const [name, [, column]] of this.numbers) column.set(doc, numbers[name] ?? 0);
    this.scores.changed(doc);
  }
}

/** Its numbers are worked out when they are read: to count it takes none. */
function foundIn(docs: DocSet): Found {
  let numbers: Uint32Array | undefined;
  return {
    docs,
    get numbers() {
      numbers ??= docs.numbers();
      return numbers;
    },
  };
}

function writeCursor({ score, doc }: Ranked): string {
  return Buffer.from(JSON.stringify([score, doc])).toString('base64url');
}

function readCursor(text: string): Ranked {
  try {
    const [score, doc] = JSON.parse(Buffer.from(text, 'base64url').toString());
    if ([score, doc].every(Number.isFinite)) return { score, doc };
  } catch (cause) {
    throw new UnknownCursor('This is no cursor of the index', { cause });
  }
  throw new UnknownCursor('This is no cursor of the index');
}
