import { useTexts } from '../../i18n/index.ts';
import styles from './converting.module.css';
import { viewerTexts } from './i18n.ts';
import { nameOf, type Viewable } from './kinds.ts';

/** A recording while a copy of it is made that browsers can play. */
export function Converting({ file: { path, poster, converting } }: { file: Viewable }) {
  const t = useTexts(viewerTexts);
  const share = converting?.share;
  const words =
    share === undefined ? t('converting.waiting') : t('converting', { percent: Math.floor(share * 100) });
  return (
    <div className={styles.converting}>
      {poster && <img className={styles.poster} src={poster} alt={nameOf(path)} />}
      <div className={styles.words}>
        <p role="status" className={styles.title}>
          {words}
        </p>
        <progress className={styles.progress} value={share} aria-label={t('converting.progress')} />
        <p>{t('converting.detail')}</p>
      </div>
    </div>
  );
}
