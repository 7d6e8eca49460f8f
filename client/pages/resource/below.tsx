import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { collectionsWithQuery } from '../../features/collections/queries.ts';
import { History } from '../../features/resources/history.tsx';
import { resourceTexts } from '../../features/resources/i18n.ts';
import type { Resource } from '../../features/resources/queries.ts';
import { Versions } from '../../features/resources/versions.tsx';
import { ratingTexts } from '../../features/reviews/rating-texts.ts';
import { Ratings } from '../../features/reviews/ratings.tsx';
import { Similar } from '../../features/search/similar.tsx';
import { useTexts } from '../../i18n/index.ts';
import styles from './below.module.css';

/** What surrounds a resource: where it is reused, its versions and, for those who work on it, its history. */
export function Below({ resource }: { resource: Resource }) {
  const t = useTexts(resourceTexts);
  const ratings = useTexts(ratingTexts);
  return (
    <>
      <InCollections resource={resource.id} />
      {resource.version !== null && (
        <section>
          <h2>{ratings('title')}</h2>
          <Ratings resource={resource.id} canRate={resource.can.includes('rate')} />
        </section>
      )}
      {resource.version !== null && <Similar resource={resource.id} />}
      {resource.version !== null && (
        <section>
          <h2>{t('versions')}</h2>
          <Versions resource={resource.id} />
        </section>
      )}
      <FoldedHistory resource={resource} />
    </>
  );
}

/** Who changed what, for those who work on the resource; also of one that is withdrawn. */
export function FoldedHistory({ resource }: { resource: Resource }) {
  const t = useTexts(resourceTexts);
  if (!resource.can.includes('trace')) return null;
  return (
    <details className={styles.fold} id="history">
      <summary>{t('history')}</summary>
      <History resource={resource.id} />
    </details>
  );
}

function InCollections({ resource }: { resource: string }) {
  const t = useTexts(resourceTexts);
  const { data } = useQuery(collectionsWithQuery(resource));
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>{t('collections')}</h2>
      <ul className={styles.collections}>
        {data.items.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/collections/${id}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
