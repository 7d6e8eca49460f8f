/** Days are those of China, where the group is, whatever the clock of the machine is set to: UTC+8, no summer time. */
const ZONE = 8 * 3_600_000;
const DAY = 86_400_000;

/** The day of a moment, YYYY-MM-DD. */
export const dayOf = (at: Date): string => new Date(at.getTime() + ZONE).toISOString().slice(0, 10);

/** The year of a moment. */
export const yearOf = (at: Date): string => dayOf(at).slice(0, 4);

/** When a day (YYYY-MM-DD) begins. */
export const startOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - ZONE);

/** The day that is so many days after another, or before it. */
export const dayAfter = (day: string, days = 1): string =>
  dayOf(new Date(startOf(day).getTime() + days * DAY));
