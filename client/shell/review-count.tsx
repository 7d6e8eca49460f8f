import { useQuery } from '@tanstack/react-query';
import { queueQuery } from '../features/reviews/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './review-count.module.css';

/** As many as are asked for at once. */
const most = 99;

/** How many resources wait for the member's review; nothing when none does. */
export function ReviewCount() {
  const t = useTexts(shell);
  const { data: count = 0 } = useQuery({ ...queueQuery, select: (queue) => queue.length });
  if (count === 0) return null;
  const shown = count > most ? `${most}+` : String(count);
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">{t('nav.reviews.waiting', { number: shown })}</span>
    </span>
  );
}
