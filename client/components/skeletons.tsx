import { shell, useTexts } from '../i18n/index.ts';
import styles from './skeletons.module.css';

/** Places of the final shape while content is on its way; said once to screen readers. */
export function CardSkeletons({ count = 8 }: { count?: number }) {
  return (
    <Loading className={styles.cards}>
      {places(count).map((place) => (
        <div key={place} className={styles.card}>
          <div className={styles.picture} />
          <div className={styles.words}>
            <div className={styles.line} />
            <div className={styles.short} />
          </div>
        </div>
      ))}
    </Loading>
  );
}

export function RowSkeletons({ count = 6 }: { count?: number }) {
  return (
    <Loading className={styles.rows}>
      {places(count).map((place) => (
        <div key={place} className={styles.row}>
          <div className={styles.small} />
          <div>
            <div className={styles.line} />
            <div className={styles.short} />
          </div>
        </div>
      ))}
    </Loading>
  );
}

export function ChipSkeletons({ count }: { count: number }) {
  return (
    <Loading className={styles.chips}>
      {places(count).map((place) => (
        <div key={place} className={styles.chip} />
      ))}
    </Loading>
  );
}

/** A large viewer beside a column of facts. */
export function ViewerSkeleton() {
  return (
    <Loading className={styles.viewer}>
      <div className={styles.stage} />
      <div>
        <div className={styles.heading} />
        <div className={styles.line} />
        <div className={styles.line} />
        <div className={styles.short} />
      </div>
    </Loading>
  );
}

export function TextSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <Loading className={styles.text}>
      <div className={styles.heading} />
      {places(lines).map((place) => (
        <div key={place} className={styles.line} />
      ))}
    </Loading>
  );
}

const places = (count: number) => Array.from({ length: count }, (_, place) => place);

function Loading({ className, children }: { className: string | undefined; children: React.ReactNode }) {
  const t = useTexts(shell);
  return (
    <div role="status" aria-busy="true" aria-label={t('loading')} className={className}>
      {children}
    </div>
  );
}
