import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/index.ts';
import styles from './bars.module.css';

interface Props {
  title: string;
  rows: readonly { key: string; name: ReactNode; count: number }[];
}

/** Counts side by side: the longest bar is the largest. */
export function Bars({ title, rows }: Props) {
  const language = useLanguage();
  const number = new Intl.NumberFormat(language);
  const most = Math.max(...rows.map(({ count }) => count), 1);
  if (rows.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <ul className={styles.list}>
        {rows.map(({ key, name, count }) => (
          <li key={key} className={styles.row}>
            <span className={styles.name}>{name}</span>
            <span className={styles.count}>{number.format(count)}</span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.bar} style={{ width: `${(count / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
