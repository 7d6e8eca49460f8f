import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useEffect, useId } from 'react';
import { useAsked } from '../api/asked.ts';
import { useMe } from '../api/me.ts';
import { ChoiceCards } from '../components/choice-cards.tsx';
import { FilterBox } from '../components/filter-box.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { RowSkeletons } from '../components/skeletons.tsx';
import { mineTexts } from '../features/resources/mine/i18n.ts';
import { OwnRow } from '../features/resources/mine/own-row.tsx';
import { ownQuery } from '../features/resources/mine/queries.ts';
import { findUnfinished, useTransfers } from '../features/uploads/transfers.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './mine-page.module.css';

const states = ['all', 'draft', 'submitted', 'published', 'withdrawn'] as const;

/** What I have made, where it stands, and what to do next. */
export function MinePage() {
  const t = useTexts(mineTexts);
  const words = useTexts(shell);
  const label = useId();
  const { may } = useMe();
  const [params, ask] = useAsked();
  const state = states.find((known) => known === params.get('state')) ?? 'all';
  const q = params.get('q') ?? '';
  const query = useInfiniteQuery(ownQuery(state === 'all' ? undefined : state, useDeferredValue(q.trim())));
  const items = query.data?.pages.flatMap((page) => page.items);
  const isFiltered = state !== 'all' || q !== '';

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        may('create', 'resource') && (
          <LinkButton to="/upload" type="primary">
            {words('upload')}
          </LinkButton>
        )
      }
    >
      <Unfinished />
      {(items === undefined || items.length > 0 || isFiltered) && (
        <div className={styles.filters}>
          <span id={label} className={styles.quiet}>
            {t('states')}
          </span>
          <ChoiceCards
            id="state"
            aria-labelledby={label}
            look="chips"
            choices={states.map((value) => ({ value, label: t(`state.${value}`) }))}
            value={state}
            onChange={(value) => ask({ state: value === 'all' ? '' : value })}
          />
          <FilterBox label={t('filter')} value={q} onChange={(value) => ask({ q: value })} />
        </div>
      )}
      {query.isPending && <RowSkeletons />}
      {query.error && <ProblemView problem={query.error} onRetry={query.refetch} />}
      {items?.length === 0 &&
        (isFiltered ? (
          <NothingYet
            title={t('none.found')}
            hint={t('none.found.hint')}
            action={<Button onClick={() => ask({ q: '', state: '' })}>{t('show-all')}</Button>}
          />
        ) : (
          <NothingYet
            title={t('none')}
            hint={t('none.hint')}
            action={
              may('create', 'resource') && (
                <LinkButton to="/upload" type="primary">
                  {words('upload')}
                </LinkButton>
              )
            }
          />
        ))}
      {items && items.length > 0 && (
        <ul className={styles.list}>
          {items.map((resource) => (
            <OwnRow key={resource.id} resource={resource} />
          ))}
        </ul>
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

/** Uploads that an earlier visit did not finish. */
function Unfinished() {
  const t = useTexts(mineTexts);
  useEffect(() => void findUnfinished(), []);
  const found = useTransfers().filter(({ state }) => state === 'found');
  const [first] = found;
  if (!first) return null;
  return (
    <div className={styles.unfinished} role="status">
      <span>{t('unfinished', { count: found.length })}</span>
      <LinkButton size="small" to={`/resources/${first.resource}/edit`}>
        {t('unfinished.go')}
      </LinkButton>
    </div>
  );
}
