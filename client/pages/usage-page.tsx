import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useLabels } from '../api/labels.ts';
import { useMe } from '../api/me.ts';
import type { Kind } from '../api/words.ts';
import { Choice } from '../components/choice.tsx';
import { Figures } from '../components/figures.tsx';
import { formatSize } from '../components/file-size.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { CardSkeletons } from '../components/skeletons.tsx';
import { organisationsQuery } from '../features/members/organisations/queries.ts';
import { SearchReport } from '../features/search/search-report.tsx';
import { Bars } from '../features/usage/bars.tsx';
import { DayChart } from '../features/usage/day-chart.tsx';
import { usageTexts } from '../features/usage/i18n.ts';
import { type Summary, summaryQuery } from '../features/usage/queries.ts';
import { shell, useLanguage, useTexts } from '../i18n/index.ts';
import styles from './usage-page.module.css';

const periods = ['30', '90', '365'] as const;

/** The figures that an organisation or the group reports. */
export function UsagePage() {
  const t = useTexts(usageTexts);
  const { may, organisation: own } = useMe();
  const [params, setParams] = useSearchParams();
  const { data: organisations = [] } = useQuery(organisationsQuery);
  const forGroup = may('create', 'organisation') || may('create', 'collection');
  const period = periods.find((known) => known === params.get('period')) ?? '30';
  const organisation = params.get('organisation') ?? (forGroup ? undefined : own?.id);
  const days = Number(period);
  const { data, error, isPending, refetch } = useQuery(summaryQuery(days, organisation));

  function ask(name: string, value: string) {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  }

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {forGroup && (
            <Choice
              label={t('organisation')}
              value={organisation ?? ''}
              options={[
                { value: '', label: t('organisation.all') },
                ...organisations.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(value) => ask('organisation', value)}
            />
          )}
          <Choice
            label={t('period')}
            value={period}
            options={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
            onChange={(value) => ask('period', value === '30' ? '' : value)}
          />
        </>
      }
    >
      {isPending && <CardSkeletons count={4} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && <Summed summary={data} />}
      {may('edit', 'vocabulary') && <SearchReport days={days} />}
    </Page>
  );
}

function Summed({ summary }: { summary: Summary }) {
  const t = useTexts(usageTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const typeOf = useLabels('material-types');
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const share = (value: number | null) => (value === null ? t('no-share') : percent.format(value));
  const { resources, shares, people, uses } = summary;
  const counted = (counts: Record<string, number>, nameOf: (key: string) => string) =>
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([key, count]) => ({ key, name: nameOf(key), count }));
  const total = Object.values(uses).reduce((sum, count) => sum + count, 0);

  return (
    <div className={styles.page}>
      <Figures
        figures={[
          {
            name: t('resources'),
            value: number.format(resources.total),
            hint: t('bytes', { size: formatSize(resources.bytes, language) }),
          },
          { name: t('people'), value: number.format(people), hint: t('people.hint') },
          { name: t('used'), value: share(shares.used), hint: t('used.hint') },
          { name: t('renewed'), value: share(shares.renewed), hint: t('renewed.hint') },
          { name: t('cross'), value: share(shares.crossOrganisation), hint: t('cross.hint') },
        ]}
      />
      <section className={styles.chart}>
        <h2>{t('uses')}</h2>
        {total === 0 ? (
          <NothingYet title={t('none')} hint={t('none.hint')} />
        ) : (
          <DayChart summary={summary} />
        )}
      </section>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Bars
            title={t('kinds')}
            rows={counted(resources.byKind, (kind) => words(`kind.${kind as Kind}`))}
          />
          <Bars title={t('types')} rows={counted(resources.byMaterialType, typeOf)} />
        </div>
        <Bars
          title={t('top')}
          rows={summary.top.map(({ resource, title, uses: count }) => ({
            key: resource,
            name: <Link to={`/resources/${resource}`}>{title}</Link>,
            count,
          }))}
        />
        <Bars
          title={t('organisations')}
          rows={summary.organisations.map(({ id, name, uses: count }) => ({ key: id, name, count }))}
        />
      </div>
    </div>
  );
}
