import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue } from 'react';
import { useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { attemptTexts } from '../features/attempts/i18n.ts';
import { everybody, isNarrowed, narrowingIn, typedName } from '../features/attempts/narrowing.ts';
import { resultsQuery, resultsTable } from '../features/attempts/queries.ts';
import { ResultsFilter } from '../features/attempts/results-filter.tsx';
import { ResultsTable } from '../features/attempts/results-table.tsx';
import { resourceQuery } from '../features/resources/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './results-page.module.css';

/** What members have reached with the packages of a resource, for those in charge of it. */
export function ResultsPage() {
  const { id = '' } = useParams();
  const t = useTexts(attemptTexts);
  const words = useTexts(shell);
  const { data: resource } = useQuery(resourceQuery(id));
  const [params, ask] = useAsked();
  const typed = params.get(typedName) ?? '';
  const narrowing = narrowingIn(params);
  const q = useDeferredValue(narrowing.q);
  const query = useInfiniteQuery(resultsQuery(id, { ...narrowing, q }));
  const results = query.data?.pages.flatMap(({ items }) => items);
  const hasNone = results?.length === 0 && !isNarrowed({ ...narrowing, q }) && !query.isPlaceholderData;
  const title = resource ? `${resource.title} · ${t('title')}` : t('title');
  return (
    <Page
      title={title}
      lead={t('lead')}
      width="full"
      actions={
        <>
          <LinkButton icon={<ArrowLeftOutlined />} to={`/resources/${id}`}>
            {t('back')}
          </LinkButton>
          {results && results.length > 0 && (
            <Button
              type="primary"
              icon={<DownloadOutlined />}
              href={resultsTable(id, narrowing)}
              download="results.csv"
            >
              {t('export')}
            </Button>
          )}
        </>
      }
    >
      {query.isPending && <RowSkeletons />}
      {query.error && <ProblemView problem={query.error} onRetry={query.refetch} />}
      {hasNone && <NothingYet title={t('none')} hint={t('none.hint')} />}
      {results && !hasNone && (
        <>
          <ResultsFilter
            typed={typed}
            narrowing={narrowing}
            organisations={query.data?.pages[0]?.organisations ?? []}
            onAsk={ask}
          />
          <p role="status" className="visually-hidden">
            {query.isPlaceholderData
              ? ''
              : results.length === 0
                ? t('none.found')
                : t(query.hasNextPage ? 'found.more' : 'found', { count: results.length })}
          </p>
        </>
      )}
      {results?.length === 0 && !hasNone && (
        <NothingYet
          title={t('none.found')}
          hint={t('none.found.hint')}
          action={<Button onClick={() => ask(everybody)}>{t('show-all')}</Button>}
        />
      )}
      {results && results.length > 0 && (
        <ResultsTable
          results={results}
          sort={narrowing.sort}
          onSort={(sort) => ask({ sort: sort === 'latest' ? '' : sort })}
        />
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words('show-more')}
          </Button>
        </div>
      )}
    </Page>
  );
}
