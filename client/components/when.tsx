import { type Language, shell, useLanguage, useTexts } from '../i18n/index.ts';

const steps: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A moment as seen from now: 3 天前, yesterday. */
export function formatWhen(moment: string, language: Language, now = Date.now()): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  }
  return format.format(0, 'second');
}

export const formatExactly = (moment: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(moment));

/** A relative date; the exact one stands in its title. */
export function When({ at }: { at: string }) {
  const language = useLanguage();
  const t = useTexts(shell);
  const isJustNow = Math.abs(Date.now() - new Date(at).getTime()) < 60_000;
  return (
    <time dateTime={at} title={formatExactly(at, language)}>
      {isJustNow ? t('just-now') : formatWhen(at, language)}
    </time>
  );
}
