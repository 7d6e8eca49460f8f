import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { renewed } from '../../api/previews.ts';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf, viewerFor } from './kinds.ts';
import { NotShown } from './not-shown.tsx';
import { useOpened } from './opened.ts';
import { Opening } from './opening.tsx';
import styles from './viewer.module.css';
import { ReopeningContext, ViewerBoundary } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

const viewers = {
  image: lazy(async () => ({ default: (await import('./image-viewer.tsx')).ImageViewer })),
  sphere: lazy(async () => ({ default: (await import('./sphere/sphere-viewer.tsx')).SphereViewer })),
  'sphere-film': lazy(async () => ({ default: (await import('./sphere/film-viewer.tsx')).FilmViewer })),
  zoom: lazy(async () => ({ default: (await import('./zoom-viewer.tsx')).ZoomViewer })),
  pdf: lazy(async () => ({ default: (await import('./pdf/pdf-viewer.tsx')).PdfViewer })),
  video: lazy(async () => ({ default: (await import('./media-viewer.tsx')).VideoViewer })),
  audio: lazy(async () => ({ default: (await import('./media-viewer.tsx')).AudioViewer })),
  model: lazy(async () => ({ default: (await import('./model/model-viewer.tsx')).ModelViewer })),
  markdown: lazy(async () => ({ default: (await import('./markdown/markdown-viewer.tsx')).MarkdownViewer })),
  archive: lazy(async () => ({ default: (await import('./archive-viewer.tsx')).ArchiveViewer })),
  document: lazy(async () => ({ default: (await import('./document-viewer.tsx')).DocumentViewer })),
  passages: lazy(async () => ({ default: (await import('./passages-viewer.tsx')).PassagesViewer })),
  page: lazy(async () => ({ default: (await import('./page-viewer.tsx')).PageViewer })),
  table: lazy(async () => ({ default: (await import('./table-viewer.tsx')).TableViewer })),
  text: lazy(async () => ({ default: (await import('./text-viewer.tsx')).TextViewer })),
};

/** Opens a file in its place. The code of a viewer is fetched when a file of its kind is opened. */
export function Viewer(props: ViewerProps) {
  const t = useTexts(viewerTexts);
  const { file, forget } = useOpened(props.file);
  const cache = useQueryClient();
  const [openings, setOpenings] = useState(1);
  const kind = viewerFor(file);
  if (kind === 'none')
    return (
      <div className={styles.stage}>
        {file.poster ? (
          <figure className={styles.figure}>
            <img className={styles.poster} src={file.poster} alt={nameOf(file.path)} />
            <figcaption className={styles.note}>{file.failure ?? t('poster-only')}</figcaption>
          </figure>
        ) : (
          <NotShown file={file} />
        )}
      </div>
    );
  const Kind = viewers[kind];
  const reopening = {
    now() {
      forget();
      setOpenings(openings + 1);
    },
    async ifEnded() {
      if (file.of && (await renewed(cache, file.of, file.url)) !== undefined) reopening.now();
    },
  };
  return (
    <div className={styles.stage}>
      {file.remark && file.of?.version === 'draft' && <p className={styles.note}>{file.remark}</p>}
      {/* From one 360° photo to the next, the sphere stays: it fades over. */}
      <ReopeningContext value={reopening}>
        <ViewerBoundary key={`${openings} ${kind === 'sphere' ? kind : file.url}`}>
          <Suspense fallback={<Opening path={file.path} poster={file.poster} />}>
            <Kind {...props} file={file} />
          </Suspense>
        </ViewerBoundary>
      </ReopeningContext>
    </div>
  );
}
