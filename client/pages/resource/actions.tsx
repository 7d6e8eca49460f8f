import {
  AppstoreAddOutlined,
  BarChartOutlined,
  CodeOutlined,
  DownloadOutlined,
  EditOutlined,
  FolderAddOutlined,
  ReadOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '../../api/me.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { attemptTexts } from '../../features/attempts/i18n.ts';
import { citationOf } from '../../features/resources/citation.ts';
import { resourceTexts } from '../../features/resources/i18n.ts';
import type { Resource } from '../../features/resources/queries.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './actions.module.css';

const CiteDialog = lazy(async () => ({
  default: (await import('../../features/resources/cite-dialog.tsx')).CiteDialog,
}));
const EmbedDialog = lazy(async () => ({
  default: (await import('../../features/resources/embed-dialog.tsx')).EmbedDialog,
}));
const WithdrawDialog = lazy(async () => ({
  default: (await import('../../features/resources/mine/withdraw-dialog.tsx')).WithdrawDialog,
}));
const CollectDialog = lazy(async () => ({
  default: (await import('../../features/collections/collect-dialog.tsx')).CollectDialog,
}));

interface Props {
  resource: Resource;
  organisation: string;
  /** Address of the zip of all files; none for drafts. */
  bundle: string | undefined;
  /** Of all files, as people say it. */
  size: string;
}

/** What can be done with a resource; on a phone what everybody wants stays at the foot of the screen. */
export function Actions({ resource, organisation, bundle, size }: Props) {
  const t = useTexts(resourceTexts);
  const attempts = useTexts(attemptTexts);
  const { me, may } = useMe();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'cite' | 'embed' | 'shelves' | 'collections' | 'withdraw'>();
  const canEdit = resource.can.includes('edit') || resource.can.includes('start-draft');
  const cited = resource.publishedAt;

  function shelve() {
    if (me) setDialog('shelves');
    else navigate(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  }

  return (
    <div className={styles.actions}>
      <div className={styles.bar}>
        {bundle && (
          <Button
            type="primary"
            size="large"
            icon={<DownloadOutlined />}
            href={bundle}
            className={styles.first}
          >
            {t('download.all')}
            <span className={styles.size}> · {size}</span>
          </Button>
        )}
        {cited && (
          <Button size="large" icon={<FolderAddOutlined />} onClick={shelve}>
            {t('shelf')}
          </Button>
        )}
      </div>
      {cited && (
        <>
          {may('create', 'collection') && (
            <Button size="large" icon={<AppstoreAddOutlined />} onClick={() => setDialog('collections')}>
              {t('collect')}
            </Button>
          )}
          <Button size="large" icon={<ReadOutlined />} onClick={() => setDialog('cite')}>
            {t('cite')}
          </Button>
          {resource.audience.scope === 'public' && (
            <Button
              size="large"
              icon={<CodeOutlined />}
              className={styles.desk}
              onClick={() => setDialog('embed')}
            >
              {t('embed')}
            </Button>
          )}
        </>
      )}
      {canEdit && (
        <LinkButton size="large" icon={<EditOutlined />} to={`/resources/${resource.id}/edit`}>
          {t('edit')}
        </LinkButton>
      )}
      {resource.can.includes('assess') && hasPackages(resource) && (
        <LinkButton size="large" icon={<BarChartOutlined />} to={`/resources/${resource.id}/results`}>
          {attempts('title')}
        </LinkButton>
      )}
      {resource.can.includes('withdraw') && (
        <Button size="large" icon={<StopOutlined />} onClick={() => setDialog('withdraw')}>
          {t('withdraw')}
        </Button>
      )}
      <Suspense>
        {dialog === 'withdraw' && <WithdrawDialog resource={resource} onEnd={() => setDialog(undefined)} />}
        {(dialog === 'shelves' || dialog === 'collections') && (
          <CollectDialog base={dialog} resource={resource.id} onClose={() => setDialog(undefined)} />
        )}
        {dialog === 'embed' && <EmbedDialog id={resource.id} onClose={() => setDialog(undefined)} />}
        {dialog === 'cite' && cited && (
          <CiteDialog
            citation={citationOf(
              {
                ...resource,
                organisation,
                publishedAt: cited,
                address: `${window.location.origin}/resources/${resource.id}`,
              },
              new Date().toLocaleDateString('sv'),
            )}
            onClose={() => setDialog(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}

/** Packages that keep count of learners are zips. */
const hasPackages = ({ files }: Resource) => files.some(({ mediaType }) => mediaType === 'application/zip');
