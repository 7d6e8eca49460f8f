import type { Store } from './store.ts';

interface Waiting {
  change: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes that wait at the same moment share one transaction and so one synchronisation with the disk; each is
 * answered after that. When one of them fails unexpectedly all are undone and run again one by one, so that each
 * answers for itself alone.
 */
export class WriteQueue {
  private waiting: Waiting[] = [];
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** Runs a change in a transaction; resolves when it is durable. Errors that `change` returns are its own matter. */
  run<T>(change: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ change, resolve: resolve as (result: unknown) => void, reject });
      if (this.waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    const group = this.waiting;
    this.waiting = [];
    if (group.length > 1 && this.together(group)) return;
    for (const one of group) {
      try {
        one.resolve(this.store.transact(one.change));
      } catch (error) {
        one.reject(error);
      }
    }
  }

  private together(group: Waiting[]): boolean {
    let results: unknown[];
    try {
      results = this.store.transact(() => group.map(({ change }) => change()));
    } catch {
      // Whatever it was, it comes again to the one whose fault it is.
      return false;
    }
    for (const [at, one] of group.entries()) one.resolve(results[at]);
    return true;
  }
}
