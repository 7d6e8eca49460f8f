import { formatBytes } from '../../server/http/contract.ts';
import { currentLanguage, type Language, useLanguage } from '../i18n/index.ts';

/** Bytes as people say them, in the language of the page. */
export const formatSize = (bytes: number, language: Language = currentLanguage()): string =>
  formatBytes(bytes, language);

export function FileSize({ bytes }: { bytes: number }) {
  return <data value={bytes}>{formatSize(bytes, useLanguage())}</data>;
}
