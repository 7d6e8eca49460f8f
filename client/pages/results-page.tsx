import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useParams } from 'react-router';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { attemptTexts } from '../features/attempts/i18n.ts';
import { resultsQuery, resultsTable } from '../features/attempts/queries.ts';
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
  const query = useInfiniteQuery(resultsQuery(id));
  const results = query.data?.pages.flatMap(({ items }) => items);
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
            <Button type="primary" icon={<DownloadOutlined />} href={resultsTable(id)} download="results.csv">
              {t('export')}
            </Button>
          )}
        </>
      }
    >
      {query.isPending && <RowSkeletons />}
      {query.error && <ProblemView problem={query.error} onRetry={query.refetch} />}
      {results?.length === 0 && <NothingYet title={t('none')} hint={t('none.hint')} />}
      {results && results.length > 0 && <ResultsTable results={results} />}
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
