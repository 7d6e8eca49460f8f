import { TextSkeleton } from '../components/skeletons.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './page-skeleton.module.css';

/** What stands there until the first page has come. */
export function PageSkeleton() {
  const t = useTexts(shell);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t('loading')}</h1>
      <TextSkeleton lines={5} />
    </div>
  );
}
