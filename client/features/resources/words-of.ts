import type { Describable, Parts } from '../../../server/resources/contract.ts';
import { useLabels } from '../../api/labels.ts';
import { licenceName } from '../../components/licence.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { useAudienceWords } from './audience-words.ts';
import { draftTexts } from './draft/i18n.ts';
import { useLanguageName } from './language-name.ts';

/**
 * Values of a description in words, by the name of their field: codes become labels, nothing becomes an empty text.
 * For showing two states side by side.
 */
export function useWordsOf(): (field: string, value: unknown) => string {
  const words = useTexts(shell);
  const t = useTexts(draftTexts);
  const isEnglish = useLanguage() === 'en';
  const labels: Record<string, (code: string) => string> = {
    majors: useLabels('majors'),
    courses: useLabels('courses'),
    jobs: useLabels('jobs'),
    certificates: useLabels('certificates'),
    materialType: useLabels('material-types'),
    language: useLanguageName(),
    kind: (kind) => words(`kind.${kind as 'xr'}`),
    level: (level) => words(`level.${level as 'course'}`),
    licence: (licence) => licenceName(licence as Describable['licence']) || words('licence.name.group-only'),
  };
  const audienceWords = useAudienceWords();
  const between = isEnglish ? ', ' : '、';

  /** What of a kind's part is a code, in words. */
  const partValue = (name: string, value: unknown): string => {
    if (name === 'form') return t(`part.form.${value as 'other'}`);
    if (name === 'runtime') return t(`part.runtime.${value as 'webxr'}`);
    if (name === 'devices')
      return (value as string[]).map((device) => t(`part.device.${device as 'pc'}`)).join(between);
    if (name === 'tasks')
      return (value as NonNullable<NonNullable<Parts['xr']>['tasks']>)
        .map(({ title, minutes }) =>
          minutes === undefined ? title : `${title} (${minutes} ${t('part.task.unit')})`,
        )
        .join(between);
    return Array.isArray(value) ? value.join(between) : String(value);
  };
  const partLines = (part: object): string[] =>
    Object.entries(part).flatMap(([name, value]) =>
      name === 'aims'
        ? Object.entries(value as object).map(([aim, text]) =>
            lineOf(t(`part.aims.${aim as 'skill'}`), String(text)),
          )
        : lineOf(t(`part.${name as 'press'}`), partValue(name, value)),
    );
  const lineOf = (name: string, text: string) => (isEnglish ? `${name}: ${text}` : `${name}：${text}`);

  return (field, value) => {
    if (value === null || value === undefined) return '';
    if (field === 'audience') return audienceWords(value as Describable['audience']);
    const label = labels[field] ?? String;
    if (Array.isArray(value)) return value.map((one) => label(String(one))).join(between);
    return typeof value === 'object' ? partLines(value).join('\n') : label(String(value));
  };
}
