import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { say } from '../../components/say.ts';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { jobTexts } from './i18n.ts';
import { type DerivativeCount, derivativesQuery, useRebuild } from './queries.ts';
import styles from './rebuild-section.module.css';

/** What has been made of files, how much of it waits, and the way to have it made anew; counted once it is opened. */
export function RebuildSection() {
  const t = useTexts(jobTexts);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details className={styles.section} onToggle={({ currentTarget }) => setWasOpened(currentTarget.open)}>
      <summary className={styles.summary}>
        <h2 className={styles.heading}>{t('rebuild')}</h2>
      </summary>
      <p className={styles.lead}>{t('rebuild.lead')}</p>
      {wasOpened && <Counts />}
    </details>
  );
}

function Counts() {
  const t = useTexts(jobTexts);
  const number = new Intl.NumberFormat(useLanguage());
  const { data, error, isPending, refetch } = useQuery(derivativesQuery);
  const rebuild = useRebuild();
  const [isAsking, setIsAsking] = useState(false);
  const told = {
    onSuccess: () => say(t('rebuild.asked')),
    onError: (problem: Error) => say(problem.message),
    onSettled: () => setIsAsking(false),
  };
  if (isPending) return <RowSkeletons count={4} />;
  if (error && !data) return <ProblemView problem={error} onRetry={refetch} />;
  const rows = data.items.filter((one) => allOf(one) > 0);
  const numbers = (['done', 'waiting', 'failed'] as const).map(
    (key): Column<DerivativeCount> => ({
      key,
      title: t(`rebuild.${key}`),
      align: 'end',
      cell: (one) => number.format(one[key]),
    }),
  );
  const columns: Column<DerivativeCount>[] = [
    { key: 'recipe', title: t('rebuild.what'), width: '40%', cell: ({ recipe }) => t(`recipe.${recipe}`) },
    ...numbers,
    {
      key: 'actions',
      title: t('actions'),
      quiet: true,
      align: 'end',
      cell: ({ recipe }) => (
        <Button
          size="small"
          aria-label={t('rebuild.of', { name: t(`recipe.${recipe}`) })}
          onClick={() => rebuild.mutate(recipe, told)}
        >
          {t('rebuild.one')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t('rebuild')}
        columns={columns}
        rows={rows}
        keyOf={({ recipe }) => recipe}
        nameOf={({ recipe }) => t(`recipe.${recipe}`)}
      />
      <Button disabled={rows.length === 0} onClick={() => setIsAsking(true)}>
        {t('rebuild.all')}
      </Button>
      {isAsking && (
        <Dialog
          title={t('rebuild.sure')}
          go={{
            words: t('rebuild.all'),
            run: () => rebuild.mutate(undefined, told),
            isBusy: rebuild.isPending,
          }}
          onEnd={() => setIsAsking(false)}
        >
          <p>
            {t('rebuild.sure.detail', {
              count: number.format(rows.reduce((sum, one) => sum + allOf(one), 0)),
            })}
          </p>
        </Dialog>
      )}
    </>
  );
}

const allOf = ({ done, waiting, failed }: DerivativeCount) => done + waiting + failed;
