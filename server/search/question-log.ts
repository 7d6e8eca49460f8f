import type { Member } from '../access/index.ts';
import { assertCan } from '../access/index.ts';
import { dayAfter, dayOf } from '../calendar.ts';
import { fold } from './analysis/index.ts';
import { AskedDayModel } from './model.ts';

type Counted = 'asked' | 'empty' | 'opened';

const longestQuestion = 100;
/** Different questions that wait to be written; beyond, new ones are not counted. */
const mostWaiting = 5000;
const writeEvery = 2_000;
const mostInReport = 50;
/** Asked fewer times than this, a question tells nothing about itself, but perhaps about who asked it. */
const leastAsked = 2;
/** Opened less often than this share of the times that it was asked, a question is not answered well. */
const fewOpened = 0.1;

/** Counts what is asked, by day and without names; written every few seconds, so that no search waits for it. */
export class QuestionLog {
  private readonly now: () => number;
  private readonly onError: (error: unknown) => void;
  private waiting = new Map<string, Record<Counted, number>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(now: () => number, onError: (error: unknown) => void) {
    this.now = now;
    this.onError = onError;
  }

  note(q: string, ...what: readonly Counted[]): void {
    const text = fold(q).slice(0, longestQuestion);
    if (text === '') return;
    const counts = this.waiting.get(text) ?? { asked: 0, empty: 0, opened: 0 };
    if (!this.waiting.has(text) && this.waiting.size >= mostWaiting) return;
    for (const each of what) counts[each]++;
    this.waiting.set(text, counts);
    this.timer ??= setTimeout(() => void this.flush().catch(this.onError), writeEvery).unref();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    if (waiting.size === 0) return;
    this.waiting = new Map();
    const day = dayOf(new Date(this.now()));
    // By the driver: hundreds of questions at a time need no looking at by mongoose, which takes as long as the rest.
    await AskedDayModel.collection.bulkWrite(
      [...waiting].map(([q, counts]) => ({
        updateOne: { filter: { day, q }, update: { $inc: counts }, upsert: true },
      })),
      { ordered: false },
    );
  }
}

/**
 * Questions of the last days that found nothing, and those that found something that hardly anybody opened; the most
 * frequent first.
 * @throws forbidden
 */
export async function reportOf(member: Member, now: number, days: number) {
  assertCan(member, 'edit', 'vocabulary');
  const since = dayAfter(dayOf(new Date(now)), 1 - days);
  const found = await AskedDayModel.aggregate<{ _id: string } & Record<Counted, number>>([
    { $match: { day: { $gte: since } } },
    {
      $group: {
        _id: '$q',
        asked: { $sum: '$asked' },
        empty: { $sum: '$empty' },
        opened: { $sum: '$opened' },
      },
    },
    { $match: { asked: { $gte: leastAsked } } },
    { $sort: { asked: -1, _id: 1 } },
  ]);
  const all = found.map(({ _id, asked, empty, opened }) => ({ q: _id, asked, empty, opened }));
  const isEmpty = ({ asked, empty }: (typeof all)[number]) => empty * 2 >= asked;
  return {
    empty: all.filter(isEmpty).slice(0, mostInReport),
    unopened: all
      .filter((each) => !isEmpty(each) && each.opened < each.asked * fewOpened)
      .slice(0, mostInReport),
  };
}
