import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useEffect, useState } from 'react';
import type { PassageHit } from '../../server/search/contract.ts';
import { type Place, placeOf } from '../api/place.ts';
import { previewsQuery } from '../api/previews.ts';
import { KindMark } from '../components/kind-mark.tsx';
import { LicenceSentence } from '../components/licence.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { TextSkeleton } from '../components/skeletons.tsx';
import { resourceQuery } from '../features/resources/queries.ts';
import { searchTexts } from '../features/search/i18n.ts';
import { Viewer } from '../features/viewers/viewer.tsx';
import { useTexts } from '../i18n/index.ts';
import { FileChoice } from './resource/file-choice.tsx';
import { tellPreview } from './resource/preview-use.ts';
import { firstOf, viewableOf } from './resource/viewables.ts';
import styles from './search-preview.module.css';

interface Props {
  id: string;
  /** Where in it the answer stands. */
  passage: PassageHit | undefined;
  onClose: () => void;
}

/** A hit, looked into without leaving the results; Escape leads back to where one was. */
export function SearchPreview({ id, passage, onClose }: Props) {
  const t = useTexts(searchTexts);
  const { data: resource, error, isPending, refetch } = useQuery(resourceQuery(id));
  const [opened, setOpened] = useState<{ path: string; place?: Place | undefined }>();
  const found = resource && firstOf(resource.files, passage?.file ?? null, passage?.seconds)?.path;
  const path = opened?.path ?? found;
  const place = opened ? opened.place : passage && placeOf(passage);
  const { data: previews } = useQuery(previewsQuery(id, 'newest'));
  const file = path === undefined ? undefined : previews?.get(path);
  const isShown = file !== undefined;

  useEffect(() => {
    if (isShown && path !== undefined) tellPreview(id, path);
  }, [isShown, id, path]);

  return (
    <Drawer
      open
      size="min(880px, 100vw)"
      title={resource?.title ?? t('preview')}
      onClose={onClose}
      extra={
        <LinkButton type="primary" to={`/resources/${id}`}>
          {t('open')}
        </LinkButton>
      }
    >
      {isPending && <TextSkeleton lines={6} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {resource && (
        <div className={styles.preview}>
          {path !== undefined && (
            <FileChoice files={resource.files} open={path} onOpen={(next) => setOpened({ path: next })} />
          )}
          {file && (
            <div className={styles.stage}>
              <Viewer
                file={viewableOf(file, { resource: id, version: 'newest' }, previews)}
                place={place?.at}
                part={place?.part}
                entry={place?.entry}
                onOpen={(next, to) => setOpened({ path: next, place: to })}
                find={place?.find}
              />
            </div>
          )}
          <div>
            <KindMark kind={resource.kind} />
          </div>
          {resource.summary && <p className={styles.summary}>{resource.summary}</p>}
          <LicenceSentence licence={resource.licence} />
        </div>
      )}
    </Drawer>
  );
}
