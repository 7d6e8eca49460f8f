import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useReducer } from 'react';
import { hitsIn, readPage } from './page-text.ts';

/** A search through a document as it stands. */
export interface Finding {
  /** What is looked for, each by itself. */
  readonly words: readonly string[];
  /** Page on which it began. */
  readonly from: number;
  /** `here`: on the page where it began and no further, until the reader asks. */
  readonly state: 'here' | 'searching' | 'stopped' | 'done';
  /** How often the words stand on a page, of the pages that were searched. */
  readonly counts: ReadonlyMap<number, number>;
  /** The hit that is shown; every time another one is, `turn` grows. */
  readonly shown?: { readonly page: number; readonly index: number; readonly turn: number } | undefined;
  /** The reader waits for the next hit in this direction, which has not been found yet. */
  readonly owed: Direction | 0;
}
export type Direction = 1 | -1;

type Change =
  | { type: 'begin'; words: readonly string[]; from: number; reach: 'here' | 'searching' }
  | { type: 'read'; counts: readonly (readonly [page: number, count: number])[]; isLast: boolean }
  | { type: 'step'; direction: Direction }
  | { type: 'stop' }
  | { type: 'close' };

/** Milliseconds between two reports of how far it is. */
const pace = 150;
/** Pages that are read at the same time. */
const atOnce = 4;

/** Searches a document outward from the page that is read, so that the nearest hit is found first. */
export function useFinding(pdf: PDFDocumentProxy, words: readonly string[], page: number) {
  const [finding, change] = useReducer(changed, undefined, () =>
    words.length > 0 ? begun(words, page, 'here') : undefined,
  );
  const { words: wanted, from, state } = finding ?? {};
  useEffect(() => {
    if (!wanted || from === undefined || (state !== 'here' && state !== 'searching')) return;
    const over = new AbortController();
    void search(pdf, { words: wanted, from, isHere: state === 'here' }, over.signal, change);
    return () => over.abort();
  }, [pdf, wanted, from, state]);
  return [finding, change] as const;
}

interface Task {
  words: readonly string[];
  from: number;
  isHere: boolean;
}

async function search(
  pdf: PDFDocumentProxy,
  { words, from, isHere }: Task,
  signal: AbortSignal,
  change: (change: Change) => void,
): Promise<void> {
  const pages = isHere ? [from] : outward(from, pdf.numPages);
  const reading = pages.slice(0, atOnce).map((page) => textOf(pdf, page));
  let counts: [number, number][] = [];
  let told = 0;
  for (const [index, page] of pages.entries()) {
    const pieces = await reading[index];
    if (signal.aborted) return;
    const next = pages[index + atOnce];
    if (next !== undefined) reading.push(textOf(pdf, next));
    counts.push([page, hitsIn(pieces ?? [], words).length]);
    const isLast = index === pages.length - 1;
    if (!isLast && performance.now() - told < pace) continue;
    told = performance.now();
    change({ type: 'read', counts, isLast });
    counts = [];
  }
}

const texts = new WeakMap<PDFDocumentProxy, Map<number, ReturnType<typeof readPage>>>();

/** The text of a page, read once. */
function textOf(pdf: PDFDocumentProxy, page: number) {
  const known = texts.get(pdf) ?? new Map<number, ReturnType<typeof readPage>>();
  texts.set(pdf, known);
  const text = known.get(page) ?? readPage(pdf, page);
  known.set(page, text);
  return text;
}

/** All pages: this one, the next, the one before, and so on. */
function outward(from: number, pages: number): number[] {
  const order = [from];
  for (let away = 1; away < pages; away++) {
    if (from + away <= pages) order.push(from + away);
    if (from - away >= 1) order.push(from - away);
  }
  return order;
}

const begun = (words: readonly string[], from: number, state: Finding['state']): Finding => ({
  words,
  from,
  state,
  counts: new Map(),
  owed: 1,
});

function changed(now: Finding | undefined, change: Change): Finding | undefined {
  if (change.type === 'begin') return begun(change.words, change.from, change.reach);
  if (!now || change.type === 'close') return undefined;
  if (change.type === 'stop') return { ...now, state: 'stopped', owed: 0 };
  if (change.type === 'step') return stepped(now, change.direction);
  const counts = new Map([...now.counts, ...change.counts]);
  const state = !change.isLast ? now.state : now.state === 'here' ? 'stopped' : 'done';
  const known = { ...now, counts, state } as const;
  if (now.owed === 0) return known;
  const found = neighbour(known, now.owed) ?? (state === 'done' ? outermost(known, now.owed) : undefined);
  return { ...known, ...shownAs(known, found), owed: found || change.isLast ? 0 : now.owed };
}

/** The next hit; past the last one the first, once all pages are searched. Searching goes on for it where it stood. */
function stepped(now: Finding, direction: Direction): Finding {
  const found = neighbour(now, direction) ?? (now.state === 'done' ? outermost(now, direction) : undefined);
  if (found) return { ...now, ...shownAs(now, found), owed: 0 };
  return now.state === 'done' ? now : { ...now, state: 'searching', owed: direction };
}

type Hit = { page: number; index: number };

const shownAs = (now: Finding, hit: Hit | undefined) =>
  hit && { shown: { ...hit, turn: (now.shown?.turn ?? 0) + 1 } };

/** The hit behind or before the one that is shown; the nearest of all when none is. */
function neighbour({ counts, shown, from }: Finding, direction: Direction): Hit | undefined {
  const pages = pagesWithHits(counts);
  if (!shown) {
    const page = pages.find((one) => one >= from) ?? pages.at(-1);
    return page === undefined ? undefined : { page, index: 0 };
  }
  const index = shown.index + direction;
  if (index >= 0 && index < (counts.get(shown.page) ?? 0)) return { page: shown.page, index };
  const page =
    direction === 1 ? pages.find((one) => one > shown.page) : pages.findLast((one) => one < shown.page);
  return page === undefined ? undefined : edgeOf(counts, page, direction);
}

function outermost({ counts }: Finding, direction: Direction): Hit | undefined {
  const page = pagesWithHits(counts).at(direction === 1 ? 0 : -1);
  return page === undefined ? undefined : edgeOf(counts, page, direction);
}

const edgeOf = (counts: Finding['counts'], page: number, direction: Direction): Hit => ({
  page,
  index: direction === 1 ? 0 : (counts.get(page) ?? 1) - 1,
});

const pagesWithHits = (counts: Finding['counts']): number[] =>
  [...counts].flatMap(([page, count]) => (count > 0 ? page : [])).sort((a, b) => a - b);

/** Which one of all that were found is shown, counted from 1 (0 for none), and how many there are. */
export function standingOf({ counts, shown }: Finding): { place: number; total: number } {
  let [before, total] = [0, 0];
  for (const [page, count] of counts) {
    total += count;
    if (shown && page < shown.page) before += count;
  }
  return { place: shown ? before + shown.index + 1 : 0, total };
}
