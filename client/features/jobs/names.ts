import { useTexts } from '../../i18n/index.ts';
import { jobTexts } from './i18n.ts';

const known = [
  'blobs/fixity',
  'blobs/sweep',
  'blobs/collect',
  'uploads/expire',
  'usage/count-days',
  'usage/tell-search',
  'derive/make',
  'derive/shrink',
  'derive/sweep',
  'vocabularies/term-merged',
] as const;

const units = ['minute', 'hour', 'day'] as const;

/** What a job does, and how often, in the reader's words; one that is not known yet by its name. */
export function useJobWords() {
  const t = useTexts(jobTexts);
  return {
    nameOf(name: string): string {
      const one = known.find((other) => other === name);
      return one ? t(`job.${one}`) : name;
    },
    rhythmOf(every: string): string {
      const [, n = '', unit = ''] = /^(\d+) (\w+?)s?$/.exec(every) ?? [];
      const one = units.find((other) => other === unit);
      return one ? t(`unit.${one}`, { count: Number(n) }) : every;
    },
  };
}
