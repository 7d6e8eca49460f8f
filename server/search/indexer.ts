import type { Logger } from 'pino';
import type {
  IndexSettings,
  SearchDocument,
  SearchEngine,
  SearchIndex,
} from '../../storage/search/search-index.ts';
import {
  countPublished,
  markIndexed,
  onChange,
  publishedRevisions,
  resourceForIndex,
  staleResources,
} from '../resources/index.ts';
import type { Analysis } from './analysis/index.ts';
import { Bell } from './bell.ts';
import { toDocument } from './document.ts';
import { receptionOf, toFindable } from './source.ts';

/** Changes taken up at a time. */
const batch = 50;
const page = 100;
/** Milliseconds between two looks for changes that other processes made. */
const lookEvery = 1_000;
const longestWait = 5_000;
/** Between two comparisons of everything with the index. */
const compareEvery = 60 * 60_000;

export interface Compared {
  checked: number;
  put: number;
  removed: number;
}
/** `of` how many, when all are put again. */
type Progress = Compared & { of?: number };

/**
 * Keeps the index in step with the resources. It works from what is stored, the book of stale resources, and
 * acknowledges only what the engine has really taken; so nothing is lost when the engine, or we, are away for a while.
 */
export class Indexer {
  private readonly engine: SearchEngine;
  private readonly settings: IndexSettings;
  private readonly analysis: Analysis;
  private readonly log: Logger;
  /** How far a comparison is that is under way. */
  progress: Progress | undefined;
  /** The last comparison that came to its end. */
  compared: (Compared & { at: string }) | undefined;
  /** The index that is being filled to take the place of the current one. */
  private next: SearchIndex | undefined;
  /** Whether everything is to be put again once the comparison under way is over. */
  private again = false;
  private stopped = false;
  /** Comparisons that have been asked for and are not over; the one before, however it ends. */
  private asked = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly changed = new Bell();
  private readonly stopping = new Bell();
  private ending: Promise<unknown> = Promise.resolve();
  private unlisten: () => void = () => undefined;

  constructor(parts: {
    engine: SearchEngine;
    settings: IndexSettings;
    analysis: Analysis;
    log: Logger;
  }) {
    this.engine = parts.engine;
    this.settings = parts.settings;
    this.analysis = parts.analysis;
    this.log = parts.log;
  }

  /** Gives a new instance its empty index at once, so that its first searches are no exception. */
  async prepare(): Promise<void> {
    try {
      if ((await this.engine.current()) || (await publishedRevisions('', 1)).length > 0) return;
      await this.compare();
    } catch (error) {
      this.log.warn({ err: error }, 'search engine does not answer at the start');
    }
  }

  /** Begins to follow the changes, in the background. */
  start(): void {
    this.unlisten = onChange(() => this.changed.ring());
    this.ending = Promise.all([this.follow(), this.keepCompared()]);
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.unlisten();
    this.changed.ring();
    this.stopping.ring();
    await this.ending;
  }

  /**
   * Compares index and resources and puts right what differs. Without an index of these settings, builds one beside
   * the one that answers, and lets it take over when it is complete. With `all`, everything is put again. One that is
   * under way is waited for: two that build the same index at once would take it out of each other's hands.
   * @throws SearchUnavailable
   */
  compare({ all = false }: { all?: boolean } = {}): Promise<Compared> {
    this.progress ??= { checked: 0, put: 0, removed: 0 };
    this.asked++;
    const done = this.turn.then(() => this.compareInTurn(all));
    this.turn = done.catch(() => undefined); // told to whoever asked for it
    return done;
  }

  private async compareInTurn(all: boolean): Promise<Compared> {
    this.progress = { checked: 0, put: 0, removed: 0 };
    try {
      let done = await this.compareNow(all);
      while (this.again && !this.stopped) {
        this.again = false;
        done = await this.compareNow(true);
      }
      if (!this.stopped) this.compared = { ...done, at: new Date().toISOString() };
      return done;
    } finally {
      this.asked--;
      if (this.asked === 0) this.progress = undefined;
    }
  }

  /** Begins to put everything again, after the comparison that is under way. */
  rebuild(): void {
    if (this.progress) {
      this.again = true;
      return;
    }
    this.compare({ all: true }).catch((error) => this.log.error({ err: error }, 'search index not rebuilt'));
  }

  private async compareNow(all: boolean): Promise<Compared> {
    const current = await this.engine.current();
    if (current?.version === this.settings.version) return this.repair(current, all);
    const next = await this.engine.open(this.settings);
    this.next = next;
    try {
      const done = await this.repair(next, all);
      if (!this.stopped) await this.engine.promote(next.version); // one that was broken off goes on at the next start
      return done;
    } finally {
      this.next = undefined;
    }
  }

  private async follow(): Promise<void> {
    let wait = lookEvery;
    while (!this.stopped) {
      try {
        const done = await this.catchUp();
        wait = lookEvery;
        if (done === batch) continue;
      } catch (error) {
        if (this.stopped) return;
        wait = Math.min(wait * 2, longestWait);
        this.log.warn({ err: error, retryIn: wait }, 'search index is behind');
      }
      await this.changed.wait(wait);
    }
  }

  /** Takes up the stale resources, longest first. Gives how many. */
  private async catchUp(): Promise<number> {
    const current = await this.engine.current();
    const targets = [current, this.next].filter((index) => index !== undefined);
    if (targets.length === 0) return 0;
    const stale = await staleResources(batch);
    if (stale.length === 0) return 0;
    const put = await this.documents(stale.map(({ id }) => id));
    const there = new Set(put.map(({ id }) => id));
    const remove = stale.map(({ id }) => id).filter((id) => !there.has(id));
    for (const index of targets) await index.apply({ put, remove });
    for (const entry of stale) await markIndexed(entry);
    return stale.length;
  }

  private async documents(ids: readonly string[]): Promise<SearchDocument[]> {
    const found: SearchDocument[] = [];
    const reception = await receptionOf(ids);
    for (const id of ids) {
      const resource = await resourceForIndex(id);
      if (resource) found.push(toDocument(this.analysis, await toFindable(resource, reception)));
    }
    return found;
  }

  private async keepCompared(): Promise<void> {
    let wait = 0;
    while (!this.stopped) {
      await this.stopping.wait(wait);
      if (this.stopped) return;
      try {
        const { put, removed } = await this.compare();
        if (put + removed > 0) this.log.info({ put, removed }, 'search index put right');
        wait = compareEvery;
      } catch (error) {
        if (this.stopped) return;
        wait = longestWait;
        this.log.warn({ err: error }, 'search index could not be compared');
      }
    }
  }

  /** Goes through both sides in the order of the identifiers. */
  private async repair(index: SearchIndex, all: boolean): Promise<Compared> {
    const sofar: Compared = { checked: 0, put: 0, removed: 0 };
    const total = all ? { of: await countPublished() } : {};
    for (let after = ''; !this.stopped; ) {
      const wanted = await publishedRevisions(after, page);
      const end = wanted.length < page ? undefined : wanted.at(-1)?.id;
      const held = await heldUpTo(index, after, end);
      const put = wanted.filter(({ id, revision }) => all || held.get(id) !== revision).map(({ id }) => id);
      const known = new Set(wanted.map(({ id }) => id));
      const remove = [...held.keys()].filter((id) => !known.has(id));
      if (remove.length > 0) await index.apply({ remove });
      // The engine takes one batch while the next is made.
      let taken = Promise.resolve();
      for (let at = 0; at < put.length && !this.stopped; at += batch) {
        const [documents] = await Promise.all([this.documents(put.slice(at, at + batch)), taken]);
        taken = index.apply({ put: documents });
        sofar.put += documents.length;
        this.progress = { ...total, ...sofar, checked: sofar.checked + at + documents.length };
      }
      await taken;
      sofar.checked += wanted.length;
      sofar.removed += remove.length;
      this.progress = { ...total, ...sofar };
      if (end === undefined) break;
      after = end;
    }
    return sofar;
  }
}

async function heldUpTo(
  index: SearchIndex,
  from: string,
  end: string | undefined,
): Promise<Map<string, number>> {
  const held = new Map<string, number>();
  for (let after = from; ; ) {
    const rows = await index.revisions(after, page);
    for (const { id, revision } of rows) if (end === undefined || id <= end) held.set(id, revision);
    const last = rows.at(-1);
    if (rows.length < page || !last || (end !== undefined && last.id >= end)) return held;
    after = last.id;
  }
}
