import { Duration } from 'luxon';

/** CMITimespan of SCORM 1.2 (RTE 3.4.1): `HHHH:MM:SS.SS`, the fractions optional. */
const timespan = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/;

/**
 * Seconds in a duration as packages tell it: ISO 8601 (SCORM 2004 RTE 4.1.1.7, xAPI 1.0.3 Data 4.6), where a year
 * counts 365 days and a month 30, or the timespan of SCORM 1.2. What is neither counts nothing.
 */
export function secondsIn(duration: unknown): number {
  if (typeof duration !== 'string') return 0;
  const [, hours, minutes, seconds] = timespan.exec(duration) ?? [];
  if (seconds !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const read = Duration.fromISO(duration);
  const total = read.isValid ? read.as('seconds') : 0;
  return Math.max(total, 0);
}
