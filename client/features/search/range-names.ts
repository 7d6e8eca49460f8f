import { formatSize } from '../../components/file-size.tsx';
import type { Days, Size } from './question.ts';

type Say = (key: 'size.below' | 'size.above', values: { size: string }) => string;

/** A range of sizes as people say it. */
export function sizeName(t: Say, { from, to }: Size): string {
  if (from === undefined) return t('size.below', { size: formatSize(to ?? 0) });
  if (to === undefined) return t('size.above', { size: formatSize(from) });
  return `${formatSize(from)} – ${formatSize(to)}`;
}

type SayDays = (key: 'days.since' | 'days.until', values: { day: string }) => string;

/** Some days as people say them. */
export function daysName(t: SayDays, { from, to }: Days): string {
  if (from === undefined) return t('days.until', { day: to ?? '' });
  if (to === undefined) return t('days.since', { day: from });
  return `${from} – ${to}`;
}
