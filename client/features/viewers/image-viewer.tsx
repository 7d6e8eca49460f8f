import { useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import styles from './image-viewer.module.css';
import { nameOf } from './kinds.ts';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** A picture, whole; a click or Enter shows it in its own size, to look around in. */
export function ImageViewer({ file }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const [full, setFull] = useState(false);
  const [failed, setFailed] = useState(false);
  if (failed) return <NotOpened because={file.failure} />;
  return (
    <button
      type="button"
      className={
        full ? styles.full : `${styles.fit} ${file.mediaType === 'image/svg+xml' ? styles.drawing : ''}`
      }
      aria-pressed={full}
      aria-label={`${nameOf(file.path)}: ${full ? t('zoom.fit') : t('zoom.full')}`}
      onClick={() => setFull(!full)}
    >
      <img src={file.url} alt={nameOf(file.path)} onError={() => setFailed(true)} />
    </button>
  );
}
