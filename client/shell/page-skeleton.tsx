import { TextSkeleton } from '../components/skeletons.tsx';
import styles from './page-skeleton.module.css';

/** What stands there until the first page has come. */
export function PageSkeleton() {
  return (
    <div className={styles.page}>
      <TextSkeleton lines={5} />
    </div>
  );
}
