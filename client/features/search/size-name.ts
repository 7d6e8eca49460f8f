import { formatSize } from '../../components/file-size.tsx';
import type { Size } from './question.ts';

type Say = (key: 'size.below' | 'size.above', values: { size: string }) => string;

/** A range of sizes as people say it. */
export function sizeName(t: Say, { from, to }: Size): string {
  if (from === undefined) return t('size.below', { size: formatSize(to ?? 0) });
  if (to === undefined) return t('size.above', { size: formatSize(from) });
  return `${formatSize(from)} – ${formatSize(to)}`;
}
