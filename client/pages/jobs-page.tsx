import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '../api/me.ts';
import { ChoiceCards } from '../components/choice-cards.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { say } from '../components/say.ts';
import { RowSkeletons } from '../components/skeletons.tsx';
import { When } from '../components/when.tsx';
import { jobTexts } from '../features/jobs/i18n.ts';
import { useJobWords } from '../features/jobs/names.ts';
import {
  type Job,
  jobsQuery,
  useCancelJob,
  useRemoveJob,
  useRetryFailedJobs,
  useRetryJob,
} from '../features/jobs/queries.ts';
import { RebuildSection } from '../features/jobs/rebuild-section.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './jobs-page.module.css';

const states = ['all', 'waiting', 'running', 'failed', 'stopped'] as const;

/** What the system does in the background, why something failed, and the way to try it again. */
export function JobsPage() {
  const t = useTexts(jobTexts);
  const words = useTexts(shell);
  const label = useId();
  const { nameOf, rhythmOf, reasonOf, aboutOf } = useJobWords();
  const [params, setParams] = useSearchParams();
  const state = states.find((known) => known === params.get('state')) ?? 'all';
  const query = useInfiniteQuery(jobsQuery(state === 'all' ? undefined : state));
  const retry = useRetryJob();
  const retryAll = useRetryFailedJobs();
  const remove = useRemoveJob();
  const cancel = useCancelJob();
  const jobs = query.data?.pages.flatMap((page) => page.items);
  const counts = query.data?.pages[0]?.counts ?? { waiting: 0, running: 0, failed: 0, stopped: 0 };
  const { may } = useMe();
  const mayEdit = may('edit', 'job');
  const complain = (error: Error) => say(error.message);

  /** The moment that matters: when it failed, began, or is due. */
  function momentOf(job: Job) {
    const { state: stands, failedAt, startedAt, dueAt } = job;
    const [text, at] =
      (stands === 'failed' || stands === 'stopped') && failedAt
        ? ([`${stands}-at`, failedAt] as const)
        : stands === 'running' && startedAt
          ? (['started', startedAt] as const)
          : ([isForLater(job) ? 'next' : 'due', dueAt] as const);
    return at ? (
      <span>
        {t(text)} <When at={at} />
      </span>
    ) : null;
  }

  const columns: Column<Job>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (job) => (
        <div>
          <span className={styles.name}>{nameOf(job.name)}</span>
          {job.file && (
            <Link
              className={styles.file}
              to={`/resources/${job.file.resource}?file=${encodeURIComponent(job.file.path)}`}
              title={job.file.title}
            >
              {job.file.path}
            </Link>
          )}
          <span className={styles.quiet}>
            {[job.every && rhythmOf(job.every), ...aboutOf(job)].filter(Boolean).join(' · ')}
          </span>
        </div>
      ),
    },
    {
      key: 'state',
      title: t('state'),
      cell: (job) => (
        <div className={styles.state}>
          <span className={job.state === 'failed' ? styles.failed : undefined}>
            {job.isStopping
              ? t('stopping')
              : job.progress === undefined
                ? t(isForLater(job) ? 'scheduled' : job.state)
                : t('running.share', { percent: Math.floor(job.progress * 100) })}
          </span>
          {job.progress !== undefined && !job.isStopping && (
            <progress value={job.progress} aria-label={t('running')} className={styles.progress} />
          )}
        </div>
      ),
    },
    { key: 'when', title: t('when'), width: '16%', cell: momentOf },
    {
      key: 'reason',
      title: t('reason'),
      width: '36%',
      cell: ({ state: stands, reason, failures }) =>
        reason ? (
          <div>
            <span className={styles.reason}>{reasonOf(reason)}</span>
            {failures > 0 && stands !== 'stopped' && (
              <span className={styles.quiet}>{t('failures', { count: failures })}</span>
            )}
          </div>
        ) : null,
    },
    {
      key: 'actions',
      title: t('actions'),
      quiet: true,
      align: 'end',
      cell: (job) =>
        job.can.includes('edit') && job.state !== 'running' ? (
          <span className={styles.actions}>
            <Button
              size="small"
              aria-label={t(job.state === 'waiting' ? 'run-now.of' : 'retry.of', { name: nameOf(job.name) })}
              onClick={() => retry.mutate(job.id, { onSuccess: () => say(t('retried')), onError: complain })}
            >
              {t(job.state === 'waiting' ? 'run-now' : 'retry')}
            </Button>
            {job.every === undefined && (
              <Button
                size="small"
                type="text"
                aria-label={t('remove.of', { name: nameOf(job.name) })}
                onClick={() =>
                  remove.mutate(job.id, { onSuccess: () => say(t('removed')), onError: complain })
                }
              >
                {t('remove')}
              </Button>
            )}
          </span>
        ) : job.can.includes('edit') && job.progress !== undefined && !job.isStopping ? (
          <Button
            size="small"
            aria-label={t('cancel.of', { name: nameOf(job.name) })}
            onClick={() => cancel.mutate(job.id, { onSuccess: () => say(t('stopping')), onError: complain })}
          >
            {t('cancel')}
          </Button>
        ) : null,
    },
  ];

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        counts.failed > 1 &&
        mayEdit && (
          <Button
            loading={retryAll.isPending}
            onClick={() =>
              retryAll.mutate(undefined, { onSuccess: () => say(t('retried')), onError: complain })
            }
          >
            {t('retry-all', { count: counts.failed })}
          </Button>
        )
      }
    >
      <div className={styles.bar}>
        <span id={label} className={styles.hidden}>
          {t('states')}
        </span>
        <ChoiceCards
          id="job-state"
          aria-labelledby={label}
          look="chips"
          choices={states.map((value) => ({
            value,
            label: value === 'all' ? t('state.all') : t(`state.${value}`, { count: counts[value] }),
          }))}
          value={state}
          onChange={(value) => setParams(value === 'all' ? {} : { state: value }, { replace: true })}
        />
      </div>
      {query.isPending && <RowSkeletons count={5} />}
      {query.error && <ProblemView problem={query.error} onRetry={query.refetch} />}
      {jobs?.length === 0 && (
        <NothingYet
          title={state === 'failed' ? t('none.failed') : t('none')}
          hint={state === 'failed' ? undefined : t('none.hint')}
        />
      )}
      {jobs && jobs.length > 0 && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={jobs}
          keyOf={({ id }) => id}
          nameOf={({ name }) => name}
        />
      )}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words('show-more')}
        </Button>
      )}
      {mayEdit && <RebuildSection />}
    </Page>
  );
}

/** One that runs again and again and is not due yet: it waits for its time, and for nothing else. */
const isForLater = ({ state, every, failures, dueAt }: Job) =>
  state === 'waiting' &&
  every !== undefined &&
  failures === 0 &&
  dueAt !== undefined &&
  Date.parse(dueAt) > Date.now();
