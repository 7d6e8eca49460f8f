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

/** Days are those of China, where the group is, whatever the clock of the machine is set to: UTC+8, no summer time. */
const ZONE = 8 * 3_600_000;
const DAY = 86_400_000;

export const dayOf = (at: Date): string => new Date(at.getTime() + ZONE).toISOString().slice(0, 10);
export const startOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - ZONE);
export const dayAfter = (day: string, days = 1): string =>
  dayOf(new Date(startOf(day).getTime() + days * DAY));

/** First and last day of a report: the last 30 days unless told, and ten years at most. */
export function periodOf(now: Date, { from, to }: { from?: string | undefined; to?: string | undefined }) {
  const last = to ?? dayOf(now);
  const [, first = last] = [from ?? dayAfter(last, -29), dayAfter(last, -3660)].sort();
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
