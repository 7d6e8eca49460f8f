import { useSearchParams } from 'react-router';
import type { ResourceFile } from '../../features/resources/queries.ts';
import { Viewer } from '../../features/viewers/viewer.tsx';
import styles from './resource-stage.module.css';
import { viewableOf } from './viewables.ts';

/** The open file, large. The page that is read stands in the address, so that it can be passed on. */
export function ResourceStage({ file }: { file: ResourceFile }) {
  const [params, setParams] = useSearchParams();
  const at = Number(params.get('at'));
  const isAsked = params.get('file') === file.path || !params.has('file');
  function onPlace(place: number) {
    setParams(
      (before) => {
        const now = new URLSearchParams(before);
        now.set('file', file.path);
        now.set('at', String(place));
        return now;
      },
      { replace: true, preventScrollReset: true },
    );
  }
  return (
    <div className={styles.stage}>
      <Viewer file={viewableOf(file)} place={isAsked && at > 0 ? at : undefined} onPlace={onPlace} />
    </div>
  );
}
