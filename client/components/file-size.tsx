import { currentLanguage, type Language, useLanguage } from '../i18n/index.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: 1.2 GB, 340 KB. */
export function formatSize(bytes: number, language: Language = currentLanguage()): string {
  const power = Math.min(Math.max(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), 0), 4);
  const amount = bytes / 1024 ** power;
  const digits = power === 0 || amount >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount);
  return `${number} ${units[power]}`;
}

export function FileSize({ bytes }: { bytes: number }) {
  return <data value={bytes}>{formatSize(bytes, useLanguage())}</data>;
}
