/** How long backups are kept: of so many of the latest days, weeks … that have one, the newest backup each. */
export type Retention = Readonly<Partial<Record<Period, number>>>;
export type Period = keyof typeof periodOf;

/** What two backups have in common that were made in the same period, by UTC; weeks are those of ISO 8601. */
const periodOf = {
  last: (_at: Date, index: number) => String(index),
  hourly: (at: Date) => at.toISOString().slice(0, 13),
  daily: (at: Date) => at.toISOString().slice(0, 10),
  weekly: (at: Date) => mondayOf(at).toISOString().slice(0, 10),
  monthly: (at: Date) => at.toISOString().slice(0, 7),
  yearly: (at: Date) => at.toISOString().slice(0, 4),
};

export const periods = Object.keys(periodOf) as Period[];

const day = 24 * 3600_000;
const mondayOf = (at: Date): Date => new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * day);

/**
 * Which backups stay, each with the periods that want it; what is not among them may go. Every period counts by
 * itself, so that one backup may be a day's and a month's; one without a backup is passed over, so that backups do
 * not go because none were made for a while. The newest always stays.
 */
export function keptBy<Backup extends { at: Date }>(
  retention: Retention,
  backups: readonly Backup[],
): Map<Backup, Period[]> {
  const newestFirst = backups.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const kept = new Map<Backup, Period[]>(newestFirst.slice(0, 1).map((newest) => [newest, []]));
  for (const period of periods) {
    const seen = new Set<string>();
    for (const [index, backup] of newestFirst.entries()) {
      const name = periodOf[period](backup.at, index);
      if (seen.has(name)) continue;
      if (seen.size === (retention[period] ?? 0)) break;
      seen.add(name);
      kept.set(backup, [...(kept.get(backup) ?? []), period]);
    }
  }
  return kept;
}
