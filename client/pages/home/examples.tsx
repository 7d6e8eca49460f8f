import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useTexts } from '../../i18n/index.ts';
import styles from './examples.module.css';
import { homeTexts } from './i18n.ts';
import { newestQuery } from './queries.ts';

const most = 3;

/** Three queries that find something: what the library has most of. */
export function Examples() {
  const t = useTexts(homeTexts);
  const { data } = useQuery(newestQuery([]));
  const { major = [], tag = [], course = [] } = data?.facets ?? {};
  const byCount = [...course, ...tag, ...major].filter(({ label }) => label.length <= 12);
  const terms = [...new Set(byCount.toSorted((a, b) => b.count - a.count).map(({ label }) => label))];
  return (
    <p className={styles.examples}>
      {terms.length > 0 && t('try')}
      {terms.slice(0, most).map((term) => (
        <Link key={term} className={styles.term} to={`/search?${new URLSearchParams({ q: term })}`}>
          {term}
        </Link>
      ))}
    </p>
  );
}
