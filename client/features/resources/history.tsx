import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ProblemView } from '../../components/problem-view.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { When } from '../../components/when.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { ChangeLines } from './change-lines.tsx';
import { renamesIn } from './history-words.ts';
import { resourceTexts } from './i18n.ts';
import { type Change, historyQuery } from './queries.ts';
import styles from './timeline.module.css';

const kinds = [
  'created',
  'described',
  'shared',
  'file-added',
  'file-replaced',
  'file-removed',
  'files-arranged',
  'annotated',
  'cover-chosen',
  'view-chosen',
  'submitted',
  'recalled',
  'returned',
  'published',
  'withdrawn',
  'draft-started',
  'draft-discarded',
  'terms-replaced',
] as const;

/** Who changed what and when, for those who work on the resource. */
export function History({ resource }: { resource: string }) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    historyQuery(resource),
  );
  if (isPending) return <TextSkeleton lines={3} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  const nameOf = ({ what, changes }: Change) => {
    if (changes.some(({ before, after }) => what === 'files-arranged' && renamesIn(before, after).length > 0))
      return t('what.file-renamed');
    const known = kinds.find((kind) => kind === what);
    return known ? t(`what.${known}`) : what;
  };
  return (
    <>
      <ol className={styles.line}>
        {data.pages
          .flatMap((page) => page.items)
          .map((change) => (
            <li key={change.revision} className={styles.point}>
              <p>
                {nameOf(change)}{' '}
                <span className={styles.quiet}>
                  {change.by.name} · <When at={change.at} />
                </span>
              </p>
              <ChangeLines change={change} />
            </li>
          ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{words('show-more')}</Button>}
    </>
  );
}
