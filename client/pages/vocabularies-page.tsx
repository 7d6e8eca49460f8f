import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { vocabularyTexts } from '../features/vocabularies/i18n.ts';
import { vocabulariesQuery } from '../features/vocabularies/queries.ts';
import { useLanguage, useTexts } from '../i18n/index.ts';
import styles from './vocabularies-page.module.css';

/** All vocabularies, each with what it is for. */
export function VocabulariesPage() {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const { data, error, isPending, refetch } = useQuery(vocabulariesQuery);
  return (
    <Page title={t('title')} lead={t('lead')}>
      {isPending && <RowSkeletons count={4} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data?.length === 0 && <NothingYet title={t('none')} hint={t('none.hint')} />}
      {data && data.length > 0 && (
        <ul className={styles.grid}>
          {data.map(({ key, labels, terms, hierarchical, closed }) => (
            <li key={key} className={styles.card}>
              <h2>
                <Link to={`/vocabularies/${key}`}>{labels[language] || labels['zh-CN']}</Link>
              </h2>
              <p className={styles.count}>{t('terms', { count: terms })}</p>
              <p className={styles.quiet}>{closed ? t('closed') : hierarchical ? t('hierarchical') : ' '}</p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
