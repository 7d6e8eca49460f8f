import { DownloadOutlined, ExportOutlined, FileTextOutlined, LockOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { downloadOf } from '../api/content.ts';
import { placeIn, withPlace } from '../api/place.ts';
import { ProblemError, titleOf } from '../api/problem-error.ts';
import { Notice } from '../components/notice.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { resourceTexts } from '../features/resources/i18n.ts';
import { resourceQuery } from '../features/resources/queries.ts';
import { Tombstone } from '../features/resources/tombstone.tsx';
import { viewerTexts } from '../features/viewers/i18n.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './embed-page.module.css';
import { FileChoice } from './resource/file-choice.tsx';
import { ResourceStage } from './resource/resource-stage.tsx';
import { firstOf } from './resource/viewables.ts';

/**
 * A resource inside of somebody else's page: a file at a time, its title, its download and the way here. Whatever leads on opens
 * in a tab of its own: no page but this one may be framed.
 */
export function EmbedPage() {
  const { id = '' } = useParams();
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const viewers = useTexts(viewerTexts);
  const [params, setParams] = useSearchParams();
  const { data: resource, error, isPending, refetch } = useQuery(resourceQuery(id));
  const page = `/resources/${id}`;
  if (isPending)
    return (
      <State title={words('loading')}>
        <ViewerSkeleton />
      </State>
    );
  if (error && isRefusal(error))
    return (
      <State title={t('embed.hidden')}>
        <Notice
          picture={<LockOutlined />}
          title={t('embed.hidden')}
          detail={t('embed.hidden.detail')}
          actions={
            <Button type="primary" icon={<ExportOutlined />} href={page} target="_blank" rel="noreferrer">
              {t('embed.open')}
            </Button>
          }
        />
      </State>
    );
  if (error)
    return (
      <State title={titleOf(error)}>
        <ProblemView problem={error} onRetry={refetch} />
      </State>
    );
  if (resource.withdrawn)
    return (
      <State title={resource.title}>
        <Tombstone title={resource.title} withdrawn={resource.withdrawn} isEmbedded />
      </State>
    );
  const { files, title, version } = resource;
  const file = firstOf(files, params.get('file'), placeIn(params).at);
  return (
    <main className={styles.embed}>
      <div className={styles.head}>
        <h1 className={styles.title}>
          <a href={page} target="_blank" rel="noreferrer">
            {title}
          </a>
        </h1>
        {file && (
          <FileChoice
            className={styles.files}
            files={files}
            open={file.path}
            onOpen={(path) => setParams((before) => withPlace(before, path), { replace: true })}
          />
        )}
        {file && version !== null && (
          <Button type="text" icon={<DownloadOutlined />} href={downloadOf(id, version, file.path)}>
            {viewers('download')}
          </Button>
        )}
      </div>
      {file ? (
        <ResourceStage resource={id} version="newest" path={file.path} fills />
      ) : (
        <div className={styles.state}>
          <Notice picture={<FileTextOutlined />} title={t('files.none')} />
        </div>
      )}
    </main>
  );
}

/** In place of a resource: one thing in the middle of the frame. */
function State({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.embed}>
      <h1 className="visually-hidden">{title}</h1>
      <div className={styles.state}>{children}</div>
    </main>
  );
}

/** Whether asking again would be answered the same: it is hidden from whoever looks, or not there. */
const isRefusal = (error: Error) =>
  error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;
