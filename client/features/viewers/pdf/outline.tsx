import { useQuery } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import styles from './outline.module.css';
import { type Bookmark, pageOfBookmark } from './page-of-part.ts';

/** The outline of a document (ISO 32000-1, 12.3.3); null when it has none. */
export function useOutline(pdf: PDFDocumentProxy): readonly Bookmark[] | null | undefined {
  const { data } = useQuery({
    queryKey: ['pdf-outline', pdf.fingerprints[0]],
    queryFn: async (): Promise<readonly Bookmark[] | null> => pdf.getOutline(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

interface Props {
  pdf: PDFDocumentProxy;
  entries: readonly Bookmark[];
  onPage: (page: number) => void;
}

export function Outline(props: Props) {
  const t = useTexts(viewerTexts);
  return (
    <nav className={styles.outline} aria-label={t('side.outline')}>
      <Level {...props} />
    </nav>
  );
}

function Level({ pdf, entries, onPage }: Props) {
  async function open(entry: Bookmark) {
    const page = await pageOfBookmark(pdf, entry);
    if (page !== null) onPage(page);
  }
  return (
    <ul className={styles.level}>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an outline never changes, and two entries may be alike
        <li key={index}>
          <button type="button" className={styles.entry} onClick={() => void open(entry)}>
            {entry.title}
          </button>
          {entry.items.length > 0 && <Level pdf={pdf} entries={entry.items} onPage={onPage} />}
        </li>
      ))}
    </ul>
  );
}
