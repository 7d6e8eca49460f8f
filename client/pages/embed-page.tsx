import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { placeIn } from '../api/place.ts';
import { Notice } from '../components/notice.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { resourceTexts } from '../features/resources/i18n.ts';
import { resourceQuery } from '../features/resources/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './embed-page.module.css';
import { ResourceStage } from './resource/resource-stage.tsx';
import { firstOf } from './resource/viewables.ts';

/** A resource inside of somebody else's page: one file, its title and the way here. Who may not see it sees nothing. */
export function EmbedPage() {
  const { id = '' } = useParams();
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const [params] = useSearchParams();
  const { data: resource, error, isPending, refetch } = useQuery(resourceQuery(id));
  if (isPending)
    return (
      <main className={styles.embed}>
        <h1 className="visually-hidden">{words('loading')}</h1>
        <ViewerSkeleton />
      </main>
    );
  if (error)
    return (
      <main className={styles.embed}>
        <h1 className="visually-hidden">{error.message}</h1>
        <ProblemView problem={error} onRetry={refetch} />
      </main>
    );
  const file = firstOf(resource.files, params.get('file'), placeIn(params).at);
  return (
    <main className={styles.embed}>
      <h1 className={styles.title}>
        <a href={`/resources/${id}`} target="_blank" rel="noreferrer">
          {resource.title}
        </a>
      </h1>
      {file ? (
        <ResourceStage resource={id} version="newest" path={file.path} />
      ) : (
        <Notice title={t('files.none')} />
      )}
    </main>
  );
}
