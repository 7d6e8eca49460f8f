import { Alert, Button } from 'antd';
import { lazy } from 'react';
import { say } from '../../components/say.ts';
import { draftTexts } from '../../features/resources/draft/i18n.ts';
import {
  type Resource,
  useArrangeFiles,
  useChooseCover,
  useChooseView,
} from '../../features/resources/draft/queries.ts';
import { useLabels } from '../../features/resources/draft/use-labels.ts';
import { stemOf, type Viewable } from '../../features/viewers/kinds.ts';
import type { Scene } from '../../features/viewers/labels/label.ts';
import type { DeskProps } from '../../features/viewers/labels/label-editor.tsx';
import { sphereTexts } from '../../features/viewers/sphere/i18n.ts';
import { useTexts } from '../../i18n/index.ts';
import { firstOf } from '../resource/viewables.ts';
import styles from './label-desk.module.css';
import { ResourceSelect } from './resource-select.tsx';

const ModelLabelEditor = lazy(async () => ({
  default: (await import('../../features/viewers/model/model-label-editor.tsx')).ModelLabelEditor,
}));
const SphereLabelEditor = lazy(async () => ({
  default: (await import('../../features/viewers/sphere/sphere-label-editor.tsx')).SphereLabelEditor,
}));

interface Props {
  resource: Resource;
  file: Viewable;
  /** The other 360° photos of the draft. */
  scenes: readonly Scene[];
}

/** A model, 360° photo or film of a draft in its author's hands: labels, and the view that becomes the cover. */
export function LabelDesk({ resource, file, scenes }: Props) {
  const t = useTexts(draftTexts);
  const words = useTexts(sphereTexts);
  const labels = useLabels(resource, file.path);
  const cover = useChooseCover(resource.id);
  const view = useChooseView(resource.id, file.path);
  const arrange = useArrangeFiles(resource.id);
  const unnamed = labels.labels.some(({ title }) => title.trim() === '');
  const pictures = resource.files.flatMap(({ path, mediaType }) =>
    mediaType.startsWith('image/') ? [path] : [],
  );

  function coverWith(picture: Blob) {
    const path = t('cover.name', { stem: stemOf(file.path) });
    cover.mutate(
      { path, picture },
      {
        onSuccess: () => say(t('cover.chosen', { name: path })),
        onError: (error) => say(error.message),
      },
    );
  }

  const saving = (
    <>
      {labels.theirs ? (
        <Alert
          type="warning"
          role="alert"
          title={t('labels.conflict', { count: labels.theirs.length })}
          description={
            <span className={styles.choice}>
              <Button size="small" onClick={() => labels.resolve('mine')}>
                {t('labels.keep-mine')}
              </Button>
              <Button size="small" onClick={() => labels.resolve('theirs')}>
                {t('labels.take-theirs')}
              </Button>
            </span>
          }
        />
      ) : (
        labels.failure && <Alert type="error" role="alert" title={labels.failure.message} />
      )}
      {labels.isChanged && !labels.theirs && <p className={styles.quiet}>{t('labels.unsaved')}</p>}
      <span className={styles.choice}>
        <Button
          type="primary"
          disabled={!labels.isChanged || unnamed || labels.theirs !== undefined}
          loading={labels.isSaving}
          onClick={labels.save}
        >
          {labels.isChanged || labels.labels.length === 0 ? t('labels.save') : t('labels.saved')}
        </Button>
        {labels.isChanged && (
          <Button type="text" disabled={labels.isSaving} onClick={labels.undo}>
            {t('labels.undo')}
          </Button>
        )}
      </span>
    </>
  );

  const told = (text: string) => ({
    onSuccess: () => void say(text),
    onError: (error: Error) => void say(error.message),
  });
  const desk: DeskProps = {
    labels: labels.labels,
    onChange: labels.set,
    options: {
      pictures,
      linkField: (value, onChange, ids) => (
        <ResourceSelect {...ids} value={value} except={resource.id} onChange={onChange} />
      ),
    },
    errors: labels.errors,
    onPicture: coverWith,
    isPicturing: cover.isPending,
    children: saving,
  };
  const { path, url, poster, sphere } = file;
  const isFilm = file.mediaType.startsWith('video/');
  if (!sphere) return <ModelLabelEditor file={file} {...desk} />;
  return (
    <SphereLabelEditor
      {...desk}
      scene={{ path, url: isFilm ? (file.copies?.playable?.url ?? url) : url, poster, sphere }}
      isFilm={isFilm}
      scenes={scenes}
      isStart={firstOf(resource.files, null)?.path === path}
      onLook={(look) => view.mutate({ look }, told(words('edit.first-look.kept')))}
      onStart={() => arrange.mutate({ order: [path] }, told(words('edit.started')))}
    />
  );
}
