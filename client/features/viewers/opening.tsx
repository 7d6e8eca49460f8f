import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import styles from './opening.module.css';

/** While a file is on its way: its picture, if there is one, and a quiet line. */
export function Opening({ path, poster }: { path: string; poster?: string | undefined }) {
  const t = useTexts(viewerTexts);
  return (
    <div role="status" aria-busy="true" className={styles.opening}>
      {poster && <img src={poster} alt="" className={styles.poster} />}
      <span className={styles.words}>{t('opening', { name: nameOf(path) })}</span>
    </div>
  );
}
