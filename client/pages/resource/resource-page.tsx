import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useParams, useSearchParams } from 'react-router';
import { useOrganisationName } from '../../api/organisation-names.ts';
import { placeIn, withPlace } from '../../api/place.ts';
import { titleOf } from '../../api/problem-error.ts';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { ViewerSkeleton } from '../../components/skeletons.tsx';
import { resourceTexts } from '../../features/resources/i18n.ts';
import { type Resource, resourceQuery } from '../../features/resources/queries.ts';
import { ResourceDetails } from '../../features/resources/resource-details.tsx';
import { Tombstone } from '../../features/resources/tombstone.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { Below, FoldedHistory } from './below.tsx';
import { FactColumn } from './fact-column.tsx';
import styles from './resource-page.module.css';
import { ResourceStage } from './resource-stage.tsx';
import { firstOf } from './viewables.ts';

/** One resource: what it is, whether I may use it, and everything that can be done with it. */
export function ResourcePage() {
  const { id = '' } = useParams();
  const words = useTexts(shell);
  const [params] = useSearchParams();
  const view = params.get('view') === 'draft' ? 'draft' : undefined;
  const { data: resource, error, isPending, refetch } = useQuery(resourceQuery(id, view));
  if (isPending)
    return (
      <Page title={words('loading')} quietTitle width="full">
        <ViewerSkeleton />
      </Page>
    );
  if (error)
    return (
      <Page title={titleOf(error)} quietTitle>
        <ProblemView problem={error} onRetry={refetch} />
      </Page>
    );
  if (resource.withdrawn)
    return (
      <Page title={resource.title} quietTitle>
        <Tombstone title={resource.title} withdrawn={resource.withdrawn} />
        <FoldedHistory resource={resource} />
      </Page>
    );
  return <Shown resource={resource} />;
}

function Shown({ resource }: { resource: Resource }) {
  const t = useTexts(resourceTexts);
  const [params, setParams] = useSearchParams();
  const organisation = useOrganisationName(resource.organisation);
  const file = firstOf(resource.files, params.get('file'), placeIn(params).at);
  const open = (path: string) => setParams((before) => withPlace(before, path), { replace: true });
  return (
    <Page title={resource.title} quietTitle width="full">
      <div className={styles.columns}>
        <div className={styles.stage}>
          {resource.view === 'draft' && <Alert type="info" showIcon title={t('draft.shown')} />}
          {file ? (
            <ResourceStage
              resource={resource.id}
              version={resource.view === 'draft' ? 'draft' : 'newest'}
              path={file.path}
            />
          ) : (
            <Notice picture={<FileTextOutlined />} title={t('files.none')} />
          )}
        </div>
        <FactColumn resource={resource} organisation={organisation} open={file?.path} onOpen={open} />
        <div className={styles.below}>
          <ResourceDetails resource={resource} />
          <Below resource={resource} />
        </div>
      </div>
    </Page>
  );
}
