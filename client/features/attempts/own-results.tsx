import { useQuery } from '@tanstack/react-query';
import type { Which } from '../../api/content.ts';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/index.ts';
import { attemptTexts } from './i18n.ts';
import styles from './own-results.module.css';
import { ownResultsQuery } from './queries.ts';
import { StandingMark, standingOf } from './standing-mark.tsx';
import { TimeSpent } from './time-spent.tsx';

/** What the member has reached with a package, part by part; nothing before they have begun. */
export function OwnResults({ resource, version, path }: { resource: string; version: Which; path: string }) {
  const t = useTexts(attemptTexts);
  const { data: results = [] } = useQuery(ownResultsQuery(resource, version, path));
  if (results.length === 0) return null;
  return (
    <section className={styles.results} aria-label={t('own')}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('own')}</h2>
        <p className={styles.quiet}>{t('own.seen-by')}</p>
      </header>
      <ul className={styles.list}>
        {results.map(({ id, title, item, score, seconds, updatedAt, ...standing }) => (
          <li key={id} className={styles.row}>
            <span className={styles.part}>{title || (results.length > 1 && item)}</span>
            <StandingMark standing={standingOf(standing)} />
            <Fact name={t('score')}>{score === null ? t('no-score') : t('score.of', { score })}</Fact>
            <Fact name={t('time')}>
              <TimeSpent seconds={seconds} />
            </Fact>
            <Fact name={t('last')}>
              <When at={updatedAt} />
            </Fact>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <span className={styles.fact}>
      <span className={styles.quiet}>{name}</span> <span>{children}</span>
    </span>
  );
}
