import { useQuery } from '@tanstack/react-query';
import type { PageViewport, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import styles from './page-links.module.css';
import { type Bookmark, pageOfBookmark } from './page-of-part.ts';

interface Props {
  pdf: PDFDocumentProxy;
  number: number;
  onPage: (page: number) => void;
}

/** What pdf.js tells of a link annotation (ISO 32000-1, 12.5.6.5). */
interface Annotation {
  id: string;
  subtype: string;
  rect: number[];
  /** Only of a kind that browsers may follow: pdf.js leaves out scripts and files of the machine. */
  url?: string;
  dest?: Bookmark['dest'];
  /** The text that lies below it. */
  overlaidText?: string;
}

/** The links on a page, where they lie: within the document, or into the web in a window of its own. */
export function PageLinks({ pdf, number, onPage }: Props) {
  const t = useTexts(viewerTexts);
  const { data: links = [] } = useQuery({
    queryKey: ['pdf-links', pdf.fingerprints[0], number],
    queryFn: () => linksOf(pdf, number),
    staleTime: Number.POSITIVE_INFINITY,
  });
  async function follow(dest: Bookmark['dest']) {
    const page = await pageOfBookmark(pdf, { dest });
    if (page !== null) onPage(page);
  }
  return links.map(({ id, url, dest, overlaidText, style }) => {
    const name = overlaidText?.normalize('NFKC').trim() || undefined; // fonts often name characters by their radicals
    return url === undefined ? (
      <button
        key={id}
        type="button"
        className={styles.link}
        style={style}
        onClick={() => void follow(dest ?? null)}
      >
        <span className="visually-hidden">{name ?? t('pdf.link')}</span>
      </button>
    ) : (
      <a
        key={id}
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        className={styles.link}
        style={style}
        title={url}
      >
        <span className="visually-hidden">{name ?? url}</span>
      </a>
    );
  });
}

async function linksOf(pdf: PDFDocumentProxy, number: number) {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const annotations: Annotation[] = await page.getAnnotations();
  return annotations
    .filter(({ subtype, url, dest }) => subtype === 'Link' && (url !== undefined || dest))
    .map((link) => ({ ...link, style: placeOf(link.rect, viewport) }));
}

/** Where a rectangle of the page lies on its picture, which may be turned, in shares of it. */
function placeOf(rect: number[], viewport: PageViewport) {
  const { width, height } = viewport;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle(rect);
  const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: share(Math.min(x1, x2), width),
    top: share(Math.min(y1, y2), height),
    width: share(Math.abs(x2 - x1), width),
    height: share(Math.abs(y2 - y1), height),
  };
}
