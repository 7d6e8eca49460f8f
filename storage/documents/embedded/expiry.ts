import { decodeDocument } from './bson/decode.ts';
import type { Doc } from './bson/values.ts';
import { accessAtOnce } from './planner/access.ts';
import { compileFilter } from './query/matcher.ts';
import type { Collection } from './store/collection.ts';
import type { Index } from './store/index-spec.ts';
import type { Store } from './store/store.ts';
import type { WriteQueue } from './store/write-queue.ts';

/** How many documents are removed in one transaction. */
const portion = 1000;

/** Removes documents whose time is over, as TTL indexes say. */
export class Expiry {
  private readonly store: Store;
  private readonly writes: WriteQueue;
  private readonly clock: () => number;
  private running = false;

  constructor(store: Store, writes: WriteQueue, clock: () => number = Date.now) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  /** One round over all collections. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (const db of this.store.databases())
        for (const [, collection] of this.store.list(db))
          for (const index of collection.indexes)
            if (index.expireAfterSeconds !== undefined) await this.expire(collection, index);
    } finally {
      this.running = false;
    }
  }

  private async expire(collection: Collection, index: Index): Promise<void> {
    const limit = new Date(this.clock() - (index.expireAfterSeconds ?? 0) * 1000);
    const expired: Doc = new Map([[index.paths[0] as string, new Map([['$lte', limit]])]]);
    const filter: Doc = index.partial ? new Map([['$and', [index.partial, expired]]]) : expired;
    for (let removed = portion; removed === portion; )
      removed = await this.writes.run(() => this.remove(collection.namespace, filter));
  }

  private remove(namespace: string, filter: Doc): number {
    const collection = this.store.get(namespace);
    if (!collection) return 0;
    const rows = [
      ...accessAtOnce(collection, {
        filter,
        test: compileFilter(filter),
        sort: [],
        collation: undefined,
        hint: undefined,
        skip: 0,
        limit: portion,
      }),
    ];
    for (const { row, bytes } of rows) collection.remove(row, decodeDocument(bytes));
    return rows.length;
  }
}
