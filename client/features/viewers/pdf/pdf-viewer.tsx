import { Opening } from '../opening.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { usePdf } from './pdf-document.ts';
import { PdfPages } from './pdf-pages.tsx';

/** A document to scroll through, opened at the page that was asked for. */
export function PdfViewer({ file, place, onPlace }: ViewerProps) {
  const { open, failed } = usePdf(file.url);
  if (failed) return <NotOpened isDamaged />;
  if (!open) return <Opening path={file.path} poster={file.poster} />;
  return <PdfPages open={open} name={file.path} place={place} onPlace={onPlace} />;
}
