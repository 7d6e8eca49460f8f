import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMe } from '../../api/me.ts';
import { ChipSkeletons } from '../../components/skeletons.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { homeTexts } from './i18n.ts';
import styles from './majors.module.css';
import { newestQuery } from './queries.ts';
import { Row } from './row.tsx';

const most = 8;

/**
 * A way in by major: those that the member teaches, then those with most resources that the reader may see. Who has not
 * said yet what they teach is asked to.
 */
export function Majors() {
  const t = useTexts(homeTexts);
  const language = useLanguage();
  const { me } = useMe();
  const { data, isPending } = useQuery(newestQuery([]));
  const counted = data?.facets.major ?? [];
  const groups = new Set(counted.map(({ parent }) => parent));
  const taught = new Set(me?.majors);
  const offered = counted
    .filter(({ value }) => taught.has(value) || !groups.has(value))
    .toSorted((a, b) => Number(taught.has(b.value)) - Number(taught.has(a.value)) || b.count - a.count)
    .slice(0, most);
  if (!isPending && offered.length === 0) return null;
  return (
    <Row title={t('majors')}>
      {isPending && <ChipSkeletons count={most} />}
      <ul className={styles.majors}>
        {offered.map(({ value, label, count }) => (
          <li key={value}>
            <Link className={styles.major} to={`/search?${new URLSearchParams({ major: value })}`}>
              {label}
              <data value={count} className={styles.count}>
                {new Intl.NumberFormat(language).format(count)}
              </data>
            </Link>
          </li>
        ))}
      </ul>
      {me?.majors.length === 0 && (
        <p className={styles.hint}>
          {t('majors.untold')} <Link to="/profile">{t('majors.tell')}</Link>
        </p>
      )}
    </Row>
  );
}
