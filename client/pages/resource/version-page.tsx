import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useParams, useSearchParams } from 'react-router';
import { bundleOf, downloadOf } from '../../api/content.ts';
import { useOrganisationName } from '../../api/organisation-names.ts';
import { placeIn } from '../../api/place.ts';
import { titleOf } from '../../api/problem-error.ts';
import { formatSize } from '../../components/file-size.tsx';
import { KindMark } from '../../components/kind-mark.tsx';
import { LicenceSentence } from '../../components/licence.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { ViewerSkeleton } from '../../components/skeletons.tsx';
import { When } from '../../components/when.tsx';
import { FileList } from '../../features/resources/file-list.tsx';
import { resourceTexts } from '../../features/resources/i18n.ts';
import { resourceQuery, versionQuery } from '../../features/resources/queries.ts';
import { ResourceDetails } from '../../features/resources/resource-details.tsx';
import { ResourceFacts } from '../../features/resources/resource-facts.tsx';
import { Tombstone } from '../../features/resources/tombstone.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import facts from './fact-column.module.css';
import columns from './resource-page.module.css';
import { ResourceStage } from './resource-stage.tsx';
import { Summary } from './summary.tsx';
import { canPreview, firstOf } from './viewables.ts';

/** A version as it was published, with the way to the newest. */
export function VersionPage() {
  const { id = '', number = '' } = useParams();
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const { data: version, error, isPending, refetch } = useQuery(versionQuery(id, Number(number)));
  const { data: resource } = useQuery(resourceQuery(id));
  const organisation = useOrganisationName(resource?.organisation);
  if (isPending)
    return (
      <Page title={words('loading')} quietTitle width="full">
        <ViewerSkeleton />
      </Page>
    );
  if (resource?.withdrawn)
    return (
      <Page title={resource.title} quietTitle>
        <Tombstone title={resource.title} withdrawn={resource.withdrawn} />
      </Page>
    );
  if (error)
    return (
      <Page title={titleOf(error)} quietTitle>
        <ProblemView problem={error} onRetry={refetch} />
      </Page>
    );
  const file = firstOf(version.files, params.get('file'), placeIn(params).at);
  const bytes = version.files.reduce((sum, { size }) => sum + size, 0);
  const latest = resource?.version ?? null;
  return (
    <Page
      title={version.title}
      lead={
        <>
          {t('version.number', { number: version.number })} · <When at={version.publishedAt} /> ·{' '}
          {t('versions.by', { name: version.publisher.name })}
        </>
      }
      width="full"
      actions={
        <Button type="primary" href={bundleOf(id, version.number)} icon={<DownloadOutlined />}>
          {t('download.all.size', { size: formatSize(bytes, language) })}
        </Button>
      }
    >
      <div className={columns.columns}>
        <div className={columns.stage}>
          {latest !== null && latest !== version.number && (
            <Alert
              type="warning"
              showIcon
              title={t('old-version', { number: version.number, latest })}
              action={<LinkButton to={`/resources/${id}`}>{t('old-version.go')}</LinkButton>}
            />
          )}
          {file && <ResourceStage resource={id} version={version.number} path={file.path} />}
        </div>
        <aside className={columns.side} aria-label={t('about')}>
          <div className={facts.marks}>
            {resource && <KindMark kind={resource.kind} />}
            {version.level && <span className={facts.quiet}>{words(`level.${version.level}`)}</span>}
          </div>
          <p className={facts.quiet}>
            {[organisation, ...version.creators].filter(Boolean).join(language === 'en' ? ', ' : '、')}
          </p>
          {version.note && (
            <section>
              <h2 className={facts.heading}>{t('version.note')}</h2>
              <p className={facts.note}>{version.note}</p>
            </section>
          )}
          <Summary text={version.summary} />
          <LicenceSentence licence={version.licence} />
          <FileList
            resource={id}
            version={version.number}
            files={version.files}
            open={file?.path}
            canPreview={canPreview}
            onOpen={(path) => setParams({ file: path }, { replace: true })}
            downloadOf={(path) => downloadOf(id, version.number, path)}
          />
          <ResourceFacts resource={{ ...version, version: version.number, updatedAt: version.publishedAt }} />
        </aside>
        <div className={columns.below}>
          <ResourceDetails resource={version} />
        </div>
      </div>
    </Page>
  );
}
