import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { ProblemView } from '../../components/problem-view.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { When } from '../../components/when.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { resourceTexts } from './i18n.ts';
import { versionsQuery } from './queries.ts';
import styles from './timeline.module.css';

/** Every published version, newest first. */
export function Versions({ resource }: { resource: string }) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    versionsQuery(resource),
  );
  if (isPending) return <TextSkeleton lines={2} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  const versions = data.pages.flatMap((page) => page.items);
  return (
    <>
      <ol className={styles.line}>
        {versions.map(({ number, publishedAt, publisher, note }, place) => (
          <li key={number} className={styles.point}>
            <p>
              <Link to={place === 0 ? `/resources/${resource}` : `/resources/${resource}/versions/${number}`}>
                {t('version.number', { number })}
              </Link>{' '}
              <span className={styles.quiet}>
                <When at={publishedAt} /> · {t('versions.by', { name: publisher.name })}
              </span>
            </p>
            {note && <p className={styles.note}>{note}</p>}
          </li>
        ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{words('show-more')}</Button>}
    </>
  );
}
