import { Button } from 'antd';
import { type Ref, useEffect, useRef } from 'react';
import type { SearchItem } from '../../../server/search/contract.ts';
import { pictureOf } from '../../api/content.ts';
import { useTexts } from '../../i18n/index.ts';
import { Hit } from './hit.tsx';
import styles from './hit-list.module.css';
import { searchTexts } from './i18n.ts';
import type { HitView } from './result-bar.tsx';

interface Props {
  ref: Ref<HTMLDivElement>;
  items: readonly SearchItem[];
  view: HitView;
  /** Whether these are the hits of the question before, while those of the new one are on their way. */
  isOld: boolean;
  onPreview: (id: string) => void;
  onOpen: () => void;
  more: { isLoading: boolean; load: () => void } | undefined;
}

/** The hits; the next ones come when the end is near, or by the button for those who do not scroll. */
export function HitList({ ref, items, view, isOld, onPreview, onOpen, more }: Props) {
  const t = useTexts(searchTexts);
  const end = useRef<HTMLDivElement>(null);
  const load = more?.isLoading === false ? more.load : undefined;

  useEffect(() => {
    if (!end.current || !load) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) load();
      },
      { rootMargin: '600px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [load]);

  return (
    <>
      <div ref={ref} className={`${styles[view]} ${isOld ? styles.old : ''}`}>
        {items.map((item) => (
          <Hit
            key={item.id}
            item={item}
            view={view}
            picture={pictureOf(item)}
            onPreview={() => onPreview(item.id)}
            onOpen={onOpen}
          />
        ))}
      </div>
      {more ? (
        <div ref={end} className={styles.end}>
          <Button loading={more.isLoading} onClick={more.load}>
            {more.isLoading ? t('more.loading') : t('more')}
          </Button>
        </div>
      ) : (
        <p className={styles.keys}>{t('keys')}</p>
      )}
    </>
  );
}
