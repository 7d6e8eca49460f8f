import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useTexts } from '../../i18n/index.ts';
import styles from './examples.module.css';
import { homeTexts } from './i18n.ts';
import { newestQuery } from './queries.ts';

const most = 3;
const longest = 12;
const byCount = (a: { count: number }, b: { count: number }) => b.count - a.count;

/** Three queries that find something: what the library has most of. */
export function Examples() {
  const t = useTexts(homeTexts);
  const { data } = useQuery(newestQuery([]));
  const { major = [], course = [] } = data?.facets ?? {};
  const above = new Set(major.map(({ parent }) => parent));
  const majors = major.filter(({ value }) => !above.has(value));
  const terms = [...course.toSorted(byCount).slice(0, most - 1), ...majors.toSorted(byCount)]
    .map(({ label }) => label)
    .filter((label) => label.length <= longest);
  return (
    <p className={styles.examples}>
      {terms.length > 0 && t('try')}
      {[...new Set(terms)].slice(0, most).map((term) => (
        <Link key={term} className={styles.term} to={`/search?${new URLSearchParams({ q: term })}`}>
          {term}
        </Link>
      ))}
    </p>
  );
}
