import { FolderOpenOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { pictureOf } from '../api/content.ts';
import { useMe } from '../api/me.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { NewSetButton } from '../features/collections/editor/new-set-button.tsx';
import { collectionTexts } from '../features/collections/i18n.ts';
import { type Base, setsQuery } from '../features/collections/queries.ts';
import { SetCard } from '../features/collections/set-card.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './sets-page.module.css';

/** All collections that one may see, or one's own shelves. */
export function SetsPage({ base }: { base: Base }) {
  const t = useTexts(collectionTexts);
  const words = useTexts(shell);
  const { may } = useMe();
  const mayMake = may('create', base === 'collections' ? 'collection' : 'shelf');
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(setsQuery(base));
  const sets = data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t(base)} lead={t(`${base}.lead`)} actions={mayMake && <NewSetButton base={base} />}>
      {isPending && <RowSkeletons />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {sets?.length === 0 && (
        <NothingYet
          title={t(`${base}.none`)}
          hint={t(`${base}.none.hint`)}
          picture={<FolderOpenOutlined />}
          action={
            <LinkButton to="/search" type="primary">
              {t('find')}
            </LinkButton>
          }
        />
      )}
      {sets && sets.length > 0 && (
        <div className={styles.grid}>
          {sets.map((set) => (
            <SetCard
              heading="h2"
              key={set.id}
              base={base}
              set={set}
              picture={set.cover === null ? undefined : pictureOf({ id: set.cover, cover: set.cover })}
            />
          ))}
        </div>
      )}
      {hasNextPage && (
        <div className={styles.more}>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words('show-more')}
          </Button>
        </div>
      )}
    </Page>
  );
}
