import type { SearchIndex } from '../../storage/search/search-index.ts';
import { audienceKeysOf, type Member } from '../access/index.ts';
import type { ReadyPage } from '../http/index.ts';
import { nameSources } from './labels.ts';
import type { SearchRoom } from './room.ts';

/** Rough cost of keeping an answer, beside its page and its key. */
const entryBytes = 500;

interface Answered {
  readonly page: ReadyPage;
  /** Whether the page shows nothing of what was asked for. */
  readonly isEmpty: boolean;
}

interface Kept {
  readonly answered: Promise<Answered>;
  size: number;
}

/**
 * Answers as they were sent, by what was asked, while everything that they tell of is as it was: what a member can find,
 * the names of organisations and terms, and what the vocabularies say about words. What many look for is looked up,
 * marked and written once for all who see the same. What was asked for longest ago goes first.
 */
export class KeptPages {
  private readonly room: SearchRoom;
  private readonly most: number;
  private readonly kept = new Map<string, Kept>();
  private size = 0;
  private basis: readonly unknown[] = [];

  /** @param most bytes that are kept, about */
  constructor(room: SearchRoom, most: number) {
    this.room = room;
    this.most = most;
  }

  /**
   * @param asked all that the answer depends on beside the member, the names and the words
   * @throws SearchUnavailable, and what `answer` throws, which is not kept
   */
  async get(
    index: SearchIndex,
    member: Member,
    asked: unknown,
    answer: () => Promise<Answered>,
  ): Promise<Answered> {
    const [view, names] = await Promise.all([index.viewOf(audienceKeysOf(member)), nameSources()]);
    if (view === undefined) return answer();
    this.restOn([...names, this.room.words.known]);
    const key = JSON.stringify([view, asked]);
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.answered;
    }
    const kept = { answered: answer(), size: 0 };
    this.kept.set(key, kept);
    kept.answered.then(
      ({ page }) => this.fill(key, kept, page.size + key.length * 2 + entryBytes),
      () => this.kept.get(key) === kept && this.kept.delete(key),
    );
    return kept.answered;
  }

  private restOn(basis: readonly unknown[]): void {
    if (basis.length === this.basis.length && basis.every((one, at) => one === this.basis[at])) return;
    this.basis = basis;
    this.kept.clear();
    this.size = 0;
  }

  private fill(key: string, kept: Kept, size: number): void {
    if (this.kept.get(key) !== kept) return; // Something changed meanwhile.
    kept.size = size;
    this.size += size;
    for (const [oldest, { size }] of this.kept) {
      if (this.size <= this.most) break;
      this.kept.delete(oldest);
      this.size -= size;
    }
  }
}
