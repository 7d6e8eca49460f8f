import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AnswerOf } from '../../../server/http/contract.ts';
import type { searchReport } from '../../../server/search/contract.ts';
import { ProblemView } from '../../components/problem-view.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import { reportQuery } from './queries.ts';
import styles from './search-report.module.css';

type Asked = AnswerOf<typeof searchReport>['empty'];

/** What people look for in vain: material for new resources and for synonyms. */
export function SearchReport({ days }: { days: number }) {
  const t = useTexts(searchTexts);
  const { data, error, isPending, refetch } = useQuery(reportQuery(days));
  if (isPending) return <RowSkeletons count={4} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  return (
    <div className={styles.report}>
      <Questions title={t('report.empty')} hint={t('report.empty.hint')} asked={data.empty} />
      <Questions title={t('report.unopened')} hint={t('report.unopened.hint')} asked={data.unopened} />
    </div>
  );
}

function Questions({ title, hint, asked }: { title: string; hint: string; asked: Asked }) {
  const t = useTexts(searchTexts);
  return (
    <section>
      <h2>{title}</h2>
      <p className={styles.hint}>{asked.length === 0 ? t('report.none') : hint}</p>
      {asked.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.question')}</th>
              <th scope="col">{t('report.asked')}</th>
              <th scope="col">{t('report.opened')}</th>
            </tr>
          </thead>
          <tbody>
            {asked.map(({ q, asked: times, opened }) => (
              <tr key={q}>
                <th scope="row">
                  <Link to={`/search?${new URLSearchParams({ q })}`}>{q}</Link>
                </th>
                <td>{times.toLocaleString()}</td>
                <td>{opened.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
