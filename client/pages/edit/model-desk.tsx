import { Alert, Button } from 'antd';
import { say } from '../../components/say.ts';
import { draftTexts } from '../../features/resources/draft/i18n.ts';
import { type Resource, useChooseCover } from '../../features/resources/draft/queries.ts';
import { useLabels } from '../../features/resources/draft/use-labels.ts';
import type { Viewable } from '../../features/viewers/kinds.ts';
import { LabelEditor } from '../../features/viewers/model/label-editor.tsx';
import { useTexts } from '../../i18n/index.ts';
import styles from './model-desk.module.css';
import { ResourceSelect } from './resource-select.tsx';

/** A model of a draft in its author's hands: labels, and the view that becomes the cover. */
export function ModelDesk({ resource, file }: { resource: Resource; file: Viewable }) {
  const t = useTexts(draftTexts);
  const labels = useLabels(resource, file.path);
  const cover = useChooseCover(resource.id);
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

  return (
    <LabelEditor
      file={file}
      labels={labels.labels}
      onChange={labels.set}
      pictures={pictures}
      errors={labels.errors}
      linkField={(value, onChange, ids) => (
        <ResourceSelect {...ids} value={value} except={resource.id} onChange={onChange} />
      )}
      onPicture={coverWith}
      isPicturing={cover.isPending}
    >
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
    </LabelEditor>
  );
}

const stemOf = (path: string) => (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
