import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { previewsQuery } from '../api/content.ts';
import { ProblemView } from '../components/problem-view.tsx';
import { Opening } from '../features/viewers/opening.tsx';
import { Viewer } from '../features/viewers/viewer.tsx';
import { viewableOf } from './resource/viewables.ts';
import styles from './search-preview.module.css';

interface Props {
  resource: string;
  path: string;
  onClose: () => void;
}

/** A file of a draft, as readers will see it; before anything is submitted. */
export function FileDrawer({ resource, path, onClose }: Props) {
  const { data: previews, error, refetch } = useQuery(previewsQuery(resource, 'draft'));
  const file = previews?.get(path);
  return (
    <Drawer open size="min(960px, 100vw)" title={path} onClose={onClose}>
      {error && <ProblemView problem={error} onRetry={refetch} />}
      <div className={styles.stage}>
        {file ? (
          <Viewer file={viewableOf(file, { resource, version: 'draft' }, previews)} />
        ) : (
          !error && <Opening path={path} />
        )}
      </div>
    </Drawer>
  );
}
