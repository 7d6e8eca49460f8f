import { useQuery } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The page on which a part begins, by the bookmarks of the document: headings, names of sheets. */
export function usePageOfPart(
  pdf: PDFDocumentProxy | undefined,
  part: string | undefined,
): number | undefined {
  const { data } = useQuery({
    queryKey: ['pdf-part', pdf?.fingerprints[0], part],
    queryFn: async () => (pdf && part !== undefined ? pageOf(pdf, part) : null),
    enabled: pdf !== undefined && part !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? undefined;
}

/** An entry of a document's outline. */
export type Bookmark = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

async function pageOf(pdf: PDFDocumentProxy, part: string): Promise<number | null> {
  const outline: Bookmark[] | null = await pdf.getOutline();
  const waiting = [...(outline ?? [])];
  for (let bookmark = waiting.shift(); bookmark; bookmark = waiting.shift()) {
    if (even(bookmark.title) === even(part)) {
      const page = await pageOfBookmark(pdf, bookmark);
      if (page !== null) return page;
    }
    waiting.push(...bookmark.items);
  }
  return null;
}

/** The page that an entry of the outline, or a link, leads to; null when it leads to none of this document. */
export async function pageOfBookmark(
  pdf: PDFDocumentProxy,
  { dest }: Pick<Bookmark, 'dest'>,
): Promise<number | null> {
  const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
  const page: unknown = target?.[0];
  if (typeof page === 'number') return page + 1;
  return isReference(page) ? (await pdf.getPageIndex(page)) + 1 : null;
}

const isReference = (page: unknown): page is Parameters<PDFDocumentProxy['getPageIndex']>[0] =>
  typeof page === 'object' && page !== null && 'num' in page && 'gen' in page;

const even = (title: string) => title.normalize('NFKC').replace(/\s+/gu, ' ').trim();
