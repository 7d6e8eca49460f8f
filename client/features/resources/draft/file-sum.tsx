import { formatSize } from '../../../components/file-size.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import type { Resource } from './queries.ts';

interface Props {
  files: Resource['files'];
  /** While some are on their way, nobody is told that there are none. */
  isUploading: boolean;
}

/** How many files a draft has, and their size. */
export function FileSum({ files, isUploading }: Props) {
  const t = useTexts(draftTexts);
  const language = useLanguage();
  if (files.length === 0) return isUploading ? null : <span>{t('row.no-files')}</span>;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return <span>{t('files.count', { count: files.length, size: formatSize(size, language) })}</span>;
}
