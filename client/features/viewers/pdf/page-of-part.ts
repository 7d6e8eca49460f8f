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

type Bookmark = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

async function pageOf(pdf: PDFDocumentProxy, part: string): Promise<number | null> {
  const outline: Bookmark[] | null = await pdf.getOutline();
  const waiting = [...(outline ?? [])];
  for (let bookmark = waiting.shift(); bookmark; bookmark = waiting.shift()) {
    if (even(bookmark.title) === even(part)) {
      const target =
        typeof bookmark.dest === 'string' ? await pdf.getDestination(bookmark.dest) : bookmark.dest;
      if (target) return (await pdf.getPageIndex(target[0])) + 1;
    }
    waiting.push(...bookmark.items);
  }
  return null;
}

const even = (title: string) => title.normalize('NFKC').replace(/\s+/gu, ' ').trim();
