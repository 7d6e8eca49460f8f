import { type ReactNode, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import styles from './converting.module.css';
import { viewerTexts } from './i18n.ts';
import { nameOf, type Viewable } from './kinds.ts';

/**
 * A recording, or what is told while a copy of it is made that browsers can play. That it begins and that it has ended
 * is said aloud; each percent is for those who look.
 */
export function OnceConverted({ file, children }: { file: Viewable; children: ReactNode }) {
  const t = useTexts(viewerTexts);
  const waitsFor = file.copies?.playable ? undefined : file.converting;
  const [hasWaited, setHasWaited] = useState(false);
  if (waitsFor && !hasWaited) setHasWaited(true);
  const begun = waitsFor?.share === undefined ? t('converting.waiting') : t('converting.begun');
  return (
    <>
      <p role="status" className="visually-hidden">
        {waitsFor ? begun : hasWaited && t('converting.ended')}
      </p>
      {waitsFor ? <Converting file={file} /> : children}
    </>
  );
}

function Converting({ file: { path, poster, converting } }: { file: Viewable }) {
  const t = useTexts(viewerTexts);
  const share = converting?.share;
  const words =
    share === undefined ? t('converting.waiting') : t('converting', { percent: Math.floor(share * 100) });
  return (
    <div className={styles.converting}>
      {poster && <img className={styles.poster} src={poster} alt={nameOf(path)} />}
      <div className={styles.words}>
        <p className={styles.title}>{words}</p>
        <progress className={styles.progress} value={share} aria-label={t('converting.progress')} />
        <p>{t('converting.detail')}</p>
      </div>
    </div>
  );
}
