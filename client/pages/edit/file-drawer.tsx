import { PictureOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Select, Space } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Place } from '../../api/place.ts';
import { previewsQuery } from '../../api/previews.ts';
import { ProblemView } from '../../components/problem-view.tsx';
import { say } from '../../components/say.ts';
import { draftTexts } from '../../features/resources/draft/i18n.ts';
import { type Resource, useChooseCover, useChooseView } from '../../features/resources/draft/queries.ts';
import { viewerFor } from '../../features/viewers/kinds.ts';
import { ModelReport } from '../../features/viewers/model/model-report.tsx';
import { Opening } from '../../features/viewers/opening.tsx';
import { Viewer } from '../../features/viewers/viewer.tsx';
import { useTexts } from '../../i18n/index.ts';
import { sceneOf, viewableOf } from '../resource/viewables.ts';
import styles from './file-drawer.module.css';

const LabelDesk = lazy(async () => ({ default: (await import('./label-desk.tsx')).LabelDesk }));

interface Props {
  resource: Resource;
  path: string;
  onClose: () => void;
}

/** A file of a draft, as readers will see it, before anything is submitted; models, 360° photos and films take labels here. */
export function FileDrawer({ resource, path: opened, onClose }: Props) {
  const t = useTexts(draftTexts);
  const { id } = resource;
  const { data: previews, error, refetch } = useQuery(previewsQuery(id, 'draft'));
  const [mode, setMode] = useState<'show' | 'edit'>('show');
  const [{ path, place }, setLooked] = useState<{ path: string; place?: Place | undefined }>({
    path: opened,
  });
  const preview = previews?.get(path);
  const file = preview && viewableOf(preview, { resource: id, version: 'draft' }, previews);
  const editable = resource.can.includes('edit');
  const takesLabels = file !== undefined && ['model', 'sphere', 'sphere-film'].includes(viewerFor(file));
  const isPicture = /^(image|video)\//.test(file?.mediaType ?? '');
  return (
    <Drawer
      open
      size={takesLabels ? 'min(1280px, 100vw)' : 'min(960px, 100vw)'}
      title={path}
      onClose={onClose}
      classNames={{ body: styles.body ?? '' }}
    >
      {error && !previews && <ProblemView problem={error} onRetry={refetch} />}
      {editable && (takesLabels || isPicture) && (
        <div className={styles.tools}>
          {takesLabels && (
            <Segmented
              value={mode}
              options={[
                { value: 'show', label: t('labels.show') },
                { value: 'edit', label: t('labels.edit') },
              ]}
              onChange={setMode}
            />
          )}
          {isPicture && (
            <Space wrap>
              <ViewChoice resource={resource} path={path} />
              <CoverButton resource={resource} path={path} />
            </Space>
          )}
        </div>
      )}
      <div className={styles.stage}>
        {!file && !error && <Opening path={path} />}
        {file && (mode === 'show' || !editable) && (
          <Viewer
            file={file}
            part={place?.part}
            onOpen={(next, to) => setLooked({ path: next, place: to })}
          />
        )}
        {file && mode === 'edit' && editable && previews && (
          <Suspense fallback={<Opening path={path} poster={file.poster} />}>
            <LabelDesk
              key={path}
              resource={resource}
              file={file}
              scenes={[...previews.values()].flatMap((other) =>
                other.path === path ? [] : (sceneOf(other) ?? []),
              )}
            />
          </Suspense>
        )}
      </div>
      {preview && <ModelReport facts={preview.facts} />}
    </Drawer>
  );
}

const views = ['auto', 'sphere', 'flat'] as const;

/** How a picture is to be looked at, where it does not tell itself, or tells wrongly. */
function ViewChoice({ resource, path }: Pick<Props, 'resource' | 'path'>) {
  const t = useTexts(draftTexts);
  const choose = useChooseView(resource.id, path);
  const view = resource.files.find((file) => file.path === path)?.view ?? 'auto';
  return (
    <Select<(typeof views)[number]>
      aria-label={t('view')}
      value={view}
      loading={choose.isPending}
      popupMatchSelectWidth={false}
      options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
      onChange={(chosen) =>
        choose.mutate({ view: chosen === 'auto' ? null : chosen }, { onError: (error) => say(error.message) })
      }
    />
  );
}

function CoverButton({ resource, path }: Pick<Props, 'resource' | 'path'>) {
  const t = useTexts(draftTexts);
  const choose = useChooseCover(resource.id);
  const isCover = resource.files.some((file) => file.path === path && file.isCover);
  return (
    <Button
      icon={<PictureOutlined />}
      disabled={isCover}
      loading={choose.isPending}
      onClick={() =>
        choose.mutate(
          { path },
          {
            onSuccess: () => say(t('cover.chosen', { name: path })),
            onError: (error) => say(error.message),
          },
        )
      }
    >
      {isCover ? t('cover.is') : t('cover.use')}
    </Button>
  );
}
