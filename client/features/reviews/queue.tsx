import { KindIcon } from '../../components/kind-mark.tsx';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/index.ts';
import { reviewTexts } from './i18n.ts';
import type { Submission } from './queries.ts';
import styles from './queue.module.css';

interface Props {
  queue: readonly Submission[];
  open: string | undefined;
  onOpen: (id: string) => void;
}

/** What waits, the longest wait first. */
export function Queue({ queue, open, onOpen }: Props) {
  const t = useTexts(reviewTexts);
  return (
    <nav aria-label={t('queue')} className={styles.queue}>
      <h2 className={styles.head}>{t('queue.count', { count: queue.length })}</h2>
      <ul>
        {queue.map(({ id, kind, title, submitted }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              aria-current={id === open ? 'true' : undefined}
              onClick={() => onOpen(id)}
            >
              <span className={`${styles.icon} ${styles[kind]}`}>
                <KindIcon kind={kind} />
              </span>
              <span className={styles.words}>
                <span className={styles.title}>{title}</span>
                <span className={styles.quiet}>
                  {t('waits', { name: submitted.by.name })}
                  <When at={submitted.at} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
