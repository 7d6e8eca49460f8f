import type { Order } from '../../components/column-heading.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/index.ts';
import { attemptTexts } from './i18n.ts';
import type { MemberResult, Narrowing } from './queries.ts';
import styles from './results-table.module.css';
import { StandingMark } from './standing-mark.tsx';
import { TimeSpent } from './time-spent.tsx';

type Sort = Narrowing['sort'];

interface Props {
  results: readonly MemberResult[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** Results of members, a row for each part of a package that they have opened. */
export function ResultsTable({ results, sort, onSort }: Props) {
  const t = useTexts(attemptTexts);
  const by = (first: Sort, second: Sort, way: 'ascending' | 'descending'): Order => ({
    now: sort === first ? way : sort !== second ? 'none' : way === 'ascending' ? 'descending' : 'ascending',
    ask: () => onSort(sort === first ? second : first),
  });
  const columns: Column<MemberResult>[] = [
    {
      key: 'member',
      title: t('member'),
      order: by('name', 'name-descending', 'ascending'),
      cell: ({ member, organisation }) => (
        <Two first={member.name || t('member.gone')} second={organisation.name} isStrong />
      ),
    },
    {
      key: 'part',
      title: t('part'),
      width: '28%',
      cell: ({ file, title, item }) => (
        <Two
          first={title || item || nameOf(file) || t('part.gone')}
          second={title || item ? nameOf(file) : ''}
        />
      ),
    },
    {
      key: 'openings',
      title: t('openings'),
      align: 'end',
      cell: ({ openings }) => <span className={styles.number}>{t('times', { count: openings })}</span>,
    },
    {
      key: 'completion',
      title: t('completion'),
      cell: ({ completion }) => <StandingMark standing={completion} />,
    },
    {
      key: 'success',
      title: t('success'),
      cell: ({ success }) =>
        success === 'unknown' ? (
          <span className={styles.quiet}>{t('success.unknown')}</span>
        ) : (
          <StandingMark standing={success} />
        ),
    },
    {
      key: 'score',
      title: t('score'),
      order: by('highest', 'lowest', 'descending'),
      align: 'end',
      cell: ({ score }) =>
        score === null ? (
          <span className={styles.quiet}>{t('no-score')}</span>
        ) : (
          <span className={styles.number}>{t('score.of', { score })}</span>
        ),
    },
    {
      key: 'time',
      title: t('time'),
      align: 'end',
      cell: ({ seconds }) => (
        <span className={styles.number}>
          <TimeSpent seconds={seconds} />
        </span>
      ),
    },
    {
      key: 'last',
      title: t('last'),
      order: by('latest', 'earliest', 'descending'),
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={results}
      keyOf={({ id }) => id}
      nameOf={({ member }) => member.name}
    />
  );
}

function Two({ first, second, isStrong }: { first: string; second: string; isStrong?: boolean }) {
  return (
    <div className={styles.two}>
      <span className={isStrong ? styles.name : undefined}>{first}</span>
      {second !== '' && <span className={styles.quiet}>{second}</span>}
    </div>
  );
}

const nameOf = (path: string) => path.split('/').at(-1) ?? '';
