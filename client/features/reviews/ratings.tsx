import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ProblemView } from '../../components/problem-view.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { When } from '../../components/when.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { RatingForm } from './rating-form.tsx';
import { ratingsQuery } from './rating-queries.ts';
import { ratingTexts } from './rating-texts.ts';
import styles from './ratings.module.css';

/** What those say who have used a resource, and one's own word. */
export function Ratings({ resource, canRate }: { resource: string; canRate: boolean }) {
  const t = useTexts(ratingTexts);
  const words = useTexts(shell);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    ratingsQuery(resource),
  );
  if (isPending) return <TextSkeleton lines={2} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  const { count = 0, average = null, mine = null } = data.pages[0] ?? {};
  const ratings = data.pages.flatMap((page) => page.items);
  return (
    <div className={styles.ratings}>
      {average === null ? (
        <p className={styles.quiet}>{t('none')}</p>
      ) : (
        <p className={styles.average}>
          <Stars stars={Math.round(average)} />
          {t('average', { average: average.toFixed(1), count })}
        </p>
      )}
      {canRate && <RatingForm key={mine?.updatedAt ?? ''} resource={resource} mine={mine} />}
      <ul className={styles.list}>
        {ratings.map(({ member, name, stars, comment, updatedAt, version }) => (
          <li key={member}>
            <p className={styles.by}>
              <b>{name}</b>
              <Stars stars={stars} />
              <span className={styles.quiet}>
                <When at={updatedAt} /> · {t('version', { number: version })}
              </span>
            </p>
            {comment && <p className={styles.comment}>{comment}</p>}
          </li>
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{words('show-more')}</Button>}
    </div>
  );
}

/** Said as one number to screen readers, not as five pictures. */
function Stars({ stars }: { stars: number }) {
  const t = useTexts(ratingTexts);
  return (
    <span role="img" aria-label={t('stars', { count: stars })} className={styles.stars}>
      <span aria-hidden="true">
        {'★'.repeat(stars)}
        <span className={styles.missing}>{'★'.repeat(5 - stars)}</span>
      </span>
    </span>
  );
}
