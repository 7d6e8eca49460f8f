import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './bars.module.css';
import { usageTexts } from './i18n.ts';

interface Props {
  title: string;
  rows: readonly { key: string; name: ReactNode; count: number }[];
}

/** So many say what matters; a group has a hundred organisations. */
const mostAtFirst = 10;

/** Counts side by side: the longest bar is the largest. Of many, the first alone until all are asked for. */
export function Bars({ title, rows }: Props) {
  const t = useTexts(usageTexts);
  const language = useLanguage();
  const [isWhole, setWhole] = useState(false);
  const number = new Intl.NumberFormat(language);
  const most = Math.max(...rows.map(({ count }) => count), 1);
  if (rows.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <ul className={styles.list}>
        {(isWhole ? rows : rows.slice(0, mostAtFirst)).map(({ key, name, count }) => (
          <li key={key} className={styles.row}>
            <span className={styles.name}>{name}</span>
            <span className={styles.count}>{number.format(count)}</span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.bar} style={{ width: `${(count / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {!isWhole && rows.length > mostAtFirst && (
        <Button type="link" className={styles.more} onClick={() => setWhole(true)}>
          {t('show-all', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}
