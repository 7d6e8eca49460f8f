import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import type { Which } from '../../api/content.ts';
import { useMe } from '../../api/me.ts';
import { type Place, placeIn, withPlace } from '../../api/place.ts';
import { previewsQuery } from '../../api/previews.ts';
import { ProblemView } from '../../components/problem-view.tsx';
import { OwnResults } from '../../features/attempts/own-results.tsx';
import { recordingFor } from '../../features/viewers/captions.ts';
import { ModelReport } from '../../features/viewers/model/model-report.tsx';
import { Opening } from '../../features/viewers/opening.tsx';
import { Viewer } from '../../features/viewers/viewer.tsx';
import { tellPreview } from './preview-use.ts';
import styles from './resource-stage.module.css';
import { viewableOf } from './viewables.ts';

interface Props {
  resource: string;
  version: Which;
  /** Path of the open file. */
  path: string;
  /** Whether it takes all the height that there is, and nothing stands below it. */
  fills?: boolean;
}

/** The open file, large. The page that is read stands in the address, so that it can be passed on. */
export function ResourceStage({ resource, version, path, fills = false }: Props) {
  const [params, setParams] = useSearchParams();
  const { data: previews, error, refetch } = useQuery(previewsQuery(resource, version));
  const { at, part, entry, find } = placeIn(params);
  const asked = params.get('file');
  const isAsked =
    asked === null || asked === path || recordingFor(previews?.values() ?? [], asked)?.path === path;
  const preview = previews?.get(path);
  const isShown = preview !== undefined;
  const { me } = useMe();

  useEffect(() => {
    if (isShown && version !== 'draft') tellPreview(resource, path);
  }, [isShown, version, resource, path]);

  function onPlace(place: number, isByLink = false) {
    setParams((before) => withPlace(before, path, { at: place, find: placeIn(before).find }), {
      replace: !isByLink,
      preventScrollReset: true,
    });
  }

  const onOpen = (next: string, to?: Place) =>
    setParams((before) => withPlace(before, next, to), { preventScrollReset: true });

  return (
    <div className={fills ? styles.filling : undefined}>
      <div className={styles.stage}>
        {error && !previews && <ProblemView problem={error} onRetry={refetch} />}
        {!preview && !error && <Opening path={path} />}
        {preview && (
          <Viewer
            file={viewableOf(preview, { resource, version }, previews)}
            {...(isAsked && { place: at, part, entry, find, captions: asked ?? undefined })}
            onPlace={onPlace}
            onOpen={onOpen}
          />
        )}
      </div>
      {me && !fills && mayTeach(preview) && version !== 'draft' && (
        <OwnResults resource={resource} version={version} path={path} />
      )}
      {!fills && preview && <ModelReport facts={preview.facts} />}
    </div>
  );
}

/** Packages that keep count of learners are zips. */
const mayTeach = (preview: { mediaType: string } | undefined) => preview?.mediaType === 'application/zip';
