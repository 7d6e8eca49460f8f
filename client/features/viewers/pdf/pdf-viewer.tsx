import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import { Opening } from '../opening.tsx';
import styles from '../viewer.module.css';
import { NotOpened } from '../viewer-boundary.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { usePageOfPart } from './page-of-part.ts';
import { usePdf } from './pdf-document.ts';
import { PdfPages } from './pdf-pages.tsx';

/** A document to scroll through, opened at the page that was asked for. */
export function PdfViewer({ file, place, part, find, onPlace }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const { open, failure } = usePdf(file.copies?.pdf ?? file, file.of);
  const page = usePageOfPart(open?.pdf, place === undefined ? part : undefined);
  if (failure === 'unreachable') return <NotOpened />;
  if (failure) return <NotOpened because={file.failure ?? t('not-opened.damaged')} />;
  if (!open) return <Opening path={file.path} poster={file.poster} />;
  return (
    <>
      {/* What the server could not draw, this browser may not be able to draw either. */}
      {file.inspection === 'failed' && <p className={styles.note}>{file.failure}</p>}
      <PdfPages open={open} name={file.path} place={place ?? page} find={find} onPlace={onPlace} />
    </>
  );
}
