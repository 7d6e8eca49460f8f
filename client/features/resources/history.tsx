import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ProblemView } from '../../components/problem-view.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { When } from '../../components/when.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import { resourceTexts } from './i18n.ts';
import { historyQuery } from './queries.ts';
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
  const language = useLanguage();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    historyQuery(resource),
  );
  if (isPending) return <TextSkeleton lines={3} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  const nameOf = (what: string) => {
    const known = kinds.find((kind) => kind === what);
    return known ? t(`what.${known}`) : what;
  };
  return (
    <>
      <ol className={styles.line}>
        {data.pages
          .flatMap((page) => page.items)
          .map(({ revision, at, by, what, changes }) => (
            <li key={revision} className={styles.point}>
              <p>
                {nameOf(what)}{' '}
                <span className={styles.quiet}>
                  {by.name} · <When at={at} />
                </span>
              </p>
              {what === 'described' && (
                <p className={styles.note}>
                  {t('history.fields', {
                    fields: changes.map(({ field }) => field).join(language === 'en' ? ', ' : '、'),
                  })}
                </p>
              )}
            </li>
          ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{words('show-more')}</Button>}
    </>
  );
}
