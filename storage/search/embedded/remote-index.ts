import { Worker } from 'node:worker_threads';
import {
  type Attempt,
  type AttemptAnswer,
  type CountRequest,
  type IndexSettings,
  type SearchAnswer,
  type SearchDocument,
  type SearchIndex,
  type SearchRequest,
  SearchUnavailable,
  UnknownCursor,
} from '../search-index.ts';
import { Kept } from './kept.ts';
import { FieldLetters, type Packed } from './packing.ts';
import {
  type Answer,
  type Calls,
  type Question,
  type Reply,
  readAnswer,
  type WorkerSettings,
} from './protocol.ts';

/**
 * Signs of terms that are handed over at a time: short enough for a search to come in between, and so much that the
 * commit costs little beside it. One large document is handed over by itself.
 */
const signsAtOnce = 250_000;
/** What a search makes is gone with its answer: little room for it is cleaned often and quickly, and is not kept. */
const maxYoungGenerationSizeMb = 12;
/** As many members as ask between two changes of the index. */
const viewsKept = 5_000;
/** One more at every change of any index: no two states are called alike. */
let states = 0;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** An index whose work is done by a worker thread of its own; here are only the questions that are under way. */
export class RemoteIndex implements SearchIndex {
  readonly version: string;
  private readonly worker: Worker;
  private readonly letters: FieldLetters;
  private readonly waiting = new Map<number, Waiting>();
  private readonly views = new Kept<Promise<string>>(viewsKept);
  private state = states++;
  private last = 0;
  private closed = false;

  private constructor(file: string, settings: IndexSettings) {
    this.version = settings.version;
    this.letters = new FieldLetters(settings.fields);
    this.worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { file, settings } satisfies WorkerSettings,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    this.worker.on('message', (reply: Reply) => this.settle(reply));
    this.worker.on('error', (error) => this.fail(error.message));
    this.worker.on('exit', () => this.fail('its worker has ended'));
  }

  /** Resolves once the index can be asked. @throws SearchUnavailable when its file cannot be opened */
  static async open(file: string, settings: IndexSettings): Promise<RemoteIndex> {
    const index = new RemoteIndex(file, settings);
    await new Promise<Answer>((resolve, reject) => index.waiting.set(0, { resolve, reject }));
    return index;
  }

  async apply({
    put = [],
    remove = [],
  }: {
    put?: readonly SearchDocument[];
    remove?: readonly string[];
  }): Promise<void> {
    let gone = remove;
    for (let at = 0; at < put.length || gone.length > 0; gone = []) {
      const slice: Packed[] = [];
      for (let signs = 0; at < put.length && signs < signsAtOnce; at++) {
        const packed = this.letters.pack(put[at] as SearchDocument);
        signs += packed.terms.length;
        slice.push(packed);
      }
      await this.change(slice, gone);
    }
  }

  search(request: SearchRequest): Promise<SearchAnswer> {
    return this.ask('search', JSON.stringify(request));
  }

  async searchInTurn(
    request: Omit<SearchRequest, 'query' | 'after'>,
    attempts: readonly Attempt[],
  ): Promise<AttemptAnswer | undefined> {
    if (attempts.length === 0) return undefined;
    return this.ask('searchInTurn', JSON.stringify(request), JSON.stringify(attempts));
  }

  total(question: CountRequest): Promise<number> {
    return this.ask('total', JSON.stringify(question));
  }

  viewOf(audience: readonly string[]): Promise<string> {
    const key = audience.join('\u0000');
    return this.views.get(key, () => {
      const { state } = this;
      const view = this.ask('reach', audience).then((keys) => `${state} ${keys.join(' ')}`);
      view.catch(() => this.views.drop(key, view));
      return view;
    });
  }

  revisions(after: string, limit: number) {
    return this.ask('revisions', after, limit);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.ask('close');
    this.closed = true;
    await this.worker.terminate();
  }

  private change(put: readonly Packed[], remove: readonly string[]): Promise<undefined> {
    // The worker answers in turn: what is asked from now on is answered after the change.
    this.state = states++;
    this.views.clear();
    return this.ask('apply', put, remove);
  }

  private async ask<Call extends keyof Calls>(call: Call, ...args: Calls[Call][0]): Promise<Calls[Call][1]> {
    return readAnswer(await this.send(call, args)) as Calls[Call][1];
  }

  private send<Call extends keyof Calls>(call: Call, args: Calls[Call][0]): Promise<Answer> {
    if (this.closed) return Promise.reject(new SearchUnavailable('The search index is closed'));
    const id = ++this.last;
    this.worker.postMessage({ id, call, args } satisfies Question);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('answer' in reply) waiting?.resolve(reply);
    else {
      const { name, message } = reply.failure;
      waiting?.reject(name === 'UnknownCursor' ? new UnknownCursor(message) : new SearchUnavailable(message));
    }
  }

  private fail(reason: string): void {
    this.closed = true;
    this.views.clear();
    for (const { reject } of this.waiting.values())
      reject(new SearchUnavailable(`The search index does not answer: ${reason}`));
    this.waiting.clear();
  }
}
