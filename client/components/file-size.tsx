import { currentLanguage, type Language, useLanguage } from '../i18n/index.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: 1.2 GB, 340 KB. */
export function formatSize(bytes: number, language: Language = currentLanguage()): string {
  // From 1,000 on, the next unit says it shorter: 1 MB, not 1,007 KB.
  const fits = units.findIndex((_, at) => bytes / 1024 ** at < 999.5);
  const power = fits < 0 ? units.length - 1 : fits;
  const amount = bytes / 1024 ** power;
  const digits = power === 0 || amount >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount);
  return `${number} ${units[power]}`;
}

export function FileSize({ bytes }: { bytes: number }) {
  return <data value={bytes}>{formatSize(bytes, useLanguage())}</data>;
}
