import { mendable, recipes } from '../../../server/derive/contract.ts';
import { useTexts } from '../../i18n/index.ts';
import { jobTexts } from './i18n.ts';
import type { Job } from './queries.ts';

const known = [
  'blobs/fixity',
  'blobs/sweep',
  'blobs/collect',
  'blobs/mirror',
  'blobs/tidy-mirror',
  'blobs/scan',
  'uploads/expire',
  'usage/count-days',
  'usage/tell-search',
  'derive/make',
  'derive/recognise',
  'derive/shrink',
  'derive/encode',
  'derive/sweep',
  'derive/rebuild',
  'members/organisation-renamed',
  'vocabularies/terms-changed',
  'vocabularies/terms-reworded',
] as const;

const units = ['minute', 'hour', 'day'] as const;

/** What a job does, how often, and why it failed, in the reader's words; what is not known yet as it stands there. */
export function useJobWords() {
  const t = useTexts(jobTexts);
  return {
    nameOf(name: string): string {
      const one = known.find((other) => other === name);
      return one ? t(`job.${one}`) : name;
    },
    /** What a job works on, without its file: of a conversion, what is to be made; of others, what they know. */
    aboutOf({ name, data, file }: Pick<Job, 'name' | 'data' | 'file'>): string[] {
      if (!name.startsWith('derive/'))
        return Object.entries(data).map(([key, value]) => `${key}: ${String(value)}`);
      const asked = recipes.filter((one) => Array.isArray(data.recipes) && data.recipes.includes(one));
      const words =
        asked.length === recipes.length
          ? t('recipe.all')
          : asked.map((one) => t(`recipe.${one}`)).join(t('and'));
      const bytes = file || typeof data.sha256 !== 'string' ? [] : [`SHA-256 ${data.sha256.slice(0, 12)}…`];
      return [...(words === '' ? [] : [words]), ...bytes];
    },
    /** Of a conversion, the reasons are those that another try may mend, joined by commas, or that it was stopped. */
    reasonOf(reason: string): string {
      const known = [...mendable, 'cancelled' as const];
      const parts = reason.split(', ').map((part) => known.find((other) => other === part));
      return parts.map((one) => one && t(`reason.${one}`)).join(' ') || reason;
    },
    rhythmOf(every: string): string {
      const [, n = '', unit = ''] = /^(\d+) (\w+?)s?$/.exec(every) ?? [];
      const one = units.find((other) => other === unit);
      return one ? t(`unit.${one}`, { count: Number(n) }) : every;
    },
  };
}
