import { type Language, useLanguage } from '../../i18n/index.ts';

/** A stretch of time as people say it: 1 小时 5 分钟. */
export function formatSpent(seconds: number, language: Language): string {
  const say = (value: number, unit: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return say(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && say(hours, 'hour'), rest > 0 && say(rest, 'minute')].filter(Boolean).join(' ');
}

export function TimeSpent({ seconds }: { seconds: number }) {
  return <span>{formatSpent(seconds, useLanguage())}</span>;
}
