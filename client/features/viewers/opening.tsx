import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf, type Viewable } from './kinds.ts';
import styles from './opening.module.css';

/** While a file is on its way: its picture, if there is one, and a quiet line. */
export function Opening({ file }: { file: Viewable }) {
  const t = useTexts(viewerTexts);
  return (
    <div role="status" aria-busy="true" className={styles.opening}>
      {file.poster && <img src={file.poster} alt="" className={styles.poster} />}
      <span className={styles.words}>{t('opening', { name: nameOf(file.path) })}</span>
    </div>
  );
}
