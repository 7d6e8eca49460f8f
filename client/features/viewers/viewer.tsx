import { FileOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf, viewerFor } from './kinds.ts';
import { Opening } from './opening.tsx';
import styles from './viewer.module.css';
import { ViewerBoundary } from './viewer-boundary.tsx';
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
  markdown: lazy(async () => ({ default: (await import('./text-viewer.tsx')).MarkdownViewer })),
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
  const kind = viewerFor(props.file);
  if (kind === 'none')
    return (
      <div className={styles.stage}>
        {props.file.poster ? (
          <figure className={styles.figure}>
            <img className={styles.poster} src={props.file.poster} alt={nameOf(props.file.path)} />
            <figcaption className={styles.note}>{props.file.failure ?? t('poster-only')}</figcaption>
          </figure>
        ) : (
          <Notice
            picture={<FileOutlined />}
            title={t('no-preview')}
            detail={props.file.failure ?? t('no-preview.detail')}
          />
        )}
      </div>
    );
  const Kind = viewers[kind];
  return (
    <div className={styles.stage}>
      {props.file.remark && props.file.of?.version === 'draft' && (
        <p className={styles.note}>{props.file.remark}</p>
      )}
      {/* From one 360° photo to the next, the sphere stays: it fades over. */}
      <ViewerBoundary key={kind === 'sphere' ? kind : props.file.url}>
        <Suspense fallback={<Opening path={props.file.path} poster={props.file.poster} />}>
          <Kind {...props} />
        </Suspense>
      </ViewerBoundary>
    </div>
  );
}
