import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import styles from './media-viewer.module.css';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Recordings, by the browser's own player; begins at the second that was asked for. */
function useStart(place: number | undefined) {
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    if (player.current && place !== undefined) player.current.currentTime = place;
  }, [place]);
  return player;
}

export function VideoViewer({ file, place }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const player = useStart(place);
  const [failed, setFailed] = useState(false);
  const copy = file.copies?.playable;
  if (failed)
    return <NotOpened because={file.codec ? t('video.codec', { codec: file.codec }) : file.failure} />;
  return (
    <div className={styles.film}>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are files of their own, when the author gives them */}
      <video
        ref={player}
        className={styles.video}
        src={copy?.url ?? file.url}
        poster={file.poster}
        controls
        playsInline
        preload="metadata"
        aria-label={nameOf(file.path)}
        onError={() => setFailed(true)}
      />
      {copy && <p className={styles.note}>{t('video.copy')}</p>}
    </div>
  );
}

export function AudioViewer({ file, place }: ViewerProps) {
  const player = useStart(place);
  const [failed, setFailed] = useState(false);
  if (failed) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.audio}>
      <span className={styles.name}>{nameOf(file.path)}</span>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are files of their own, when the author gives them */}
      <audio
        ref={player}
        src={file.copies?.playable?.url ?? file.url}
        controls
        preload="metadata"
        aria-label={nameOf(file.path)}
        onError={() => setFailed(true)}
      />
    </div>
  );
}
