import { dayAfter, dayOf } from '../calendar.ts';
import type { UseKind } from './contract.ts';

/** Counting, as COUNTER R5.1 has it (section 7: double clicks, unique items, robots): pure decisions. */

/** Two clicks on the same thing by the same person within this time are one use. */
export const DOUBLE_CLICK = 30_000;

/** Whether a use counts, when the same use was last seen at `before`: a chain of clicks counts once. */
export function counts(at: Date, before: Date | undefined): boolean {
  return before === undefined || at.getTime() - before.getTime() > DOUBLE_CLICK;
}

const robot = /bot\b|crawl|spider|slurp|fetch|scrap|archiv|monitor|preview|headless|^\s*$/i;

/** Whether a visitor without a session says that it is a program that reads pages by itself. */
export const isRobot = (userAgent: string): boolean => robot.test(userAgent);

export type Counts = Record<UseKind, number>;
export const noUses = (): Counts => ({ view: 0, preview: 0, download: 0, adopt: 0, embed: 0 });

/** What a report is asked for: from a first day, or so many days, up to a last one. */
export interface Asked {
  from?: string | undefined;
  to?: string | undefined;
  days: number;
}

/** First and last day of a report: up to today unless told, and ten years at most. */
export function periodOf(now: Date, { from, to, days }: Asked) {
  const last = to ?? dayOf(now);
  const [, first = last] = [from ?? dayAfter(last, 1 - days), dayAfter(last, -3660)].sort();
  return { from: first, to: last };
}

/** One row of what was counted. */
export interface Row {
  day: string;
  resource: string;
  organisation: string;
  resourceOrganisation: string;
  kind: UseKind;
  count: number;
  unique: number;
}

/** Sums rows by kind, by day and over all. */
export function tally(rows: readonly Row[]) {
  const total = noUses();
  const unique = noUses();
  const days = new Map<string, Counts>();
  let elsewhere = 0;
  let byMembers = 0;
  for (const row of rows) {
    total[row.kind] += row.count;
    unique[row.kind] += row.unique;
    const day = days.get(row.day) ?? noUses();
    day[row.kind] += row.count;
    days.set(row.day, day);
    if (row.organisation === '') continue;
    byMembers += row.count;
    if (row.organisation !== row.resourceOrganisation) elsewhere += row.count;
  }
  return {
    total,
    unique,
    elsewhere,
    byMembers,
    days: [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, counts]) => ({ day, ...counts })),
  };
}

/** Sums by any name, the most used first. */
export function ranking(rows: readonly Row[], nameOf: (row: Row) => string): [name: string, uses: number][] {
  const uses = new Map<string, number>();
  for (const row of rows) uses.set(nameOf(row), (uses.get(nameOf(row)) ?? 0) + row.count);
  return [...uses].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** A share between 0 and 1; null when there is nothing to divide by. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
