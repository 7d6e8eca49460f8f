import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, startTransition, useCallback, useOptimistic, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useSearchParams } from 'react-router';
import type { Facet } from '../../server/search/contract.ts';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { CardSkeletons, RowSkeletons } from '../components/skeletons.tsx';
import { DaysGroup } from '../features/search/days-group.tsx';
import { FacetPanel } from '../features/search/facet-panel.tsx';
import { FilterChips } from '../features/search/filter-chips.tsx';
import { useHitKeys } from '../features/search/hit-keys.ts';
import { HitList } from '../features/search/hit-list.tsx';
import { searchTexts } from '../features/search/i18n.ts';
import { noteOpened, searchQuery } from '../features/search/queries.ts';
import { addressOf, countChosen, type Question, questionFrom, toggled } from '../features/search/question.ts';
import { ResultBar, useHitView } from '../features/search/result-bar.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { SizeGroup } from '../features/search/size-group.tsx';
import { Understood } from '../features/search/understood.tsx';
import { useTexts } from '../i18n/index.ts';
import styles from './search-page.module.css';

const FacetDrawer = lazy(async () => ({
  default: (await import('../features/search/facet-drawer.tsx')).FacetDrawer,
}));
const SavedSearches = lazy(async () => ({
  default: (await import('../features/search/saved-searches.tsx')).SavedSearches,
}));
const ZeroHits = lazy(async () => ({
  default: (await import('../features/search/zero-hits.tsx')).ZeroHits,
}));
const PreviewDrawer = lazy(async () => ({ default: (await import('./search-preview.tsx')).SearchPreview }));

export function SearchPage() {
  const t = useTexts(searchTexts);
  const [params, setParams] = useSearchParams();
  const question = questionFrom(params);
  const asked = question.q;
  /** What was just clicked shows at once; the address and the hits follow. */
  const [shown, show] = useOptimistic(question);
  const [view, setView] = useHitView();
  const [filtering, setFiltering] = useState(false);
  const [previewed, setPreviewed] = useState<string>();
  const list = useRef<HTMLDivElement>(null);

  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    refetch,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
  } = useInfiniteQuery(searchQuery(question));
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];

  /** Nothing to narrow: an empty library, or a question without hits and filters. */
  const isBare = first?.total === 0 && countChosen(question) === 0;

  const ask = (next: Question) =>
    startTransition(() => {
      show(next);
      setParams(addressOf(next), { replace: true });
    });
  const toggle = (facet: Facet, value: string) => ask(toggled(shown, facet, value));
  const clear = () => ask({ ...shown, chosen: {}, size: undefined, published: undefined });
  const preview = useCallback(
    (id: string) => {
      noteOpened(asked);
      setPreviewed(id);
    },
    [asked],
  );
  useHitKeys(list, preview);
  /** The keyboard goes on where it was: the drawer is gone before, as it holds the focus while it is there. */
  function closePreview() {
    flushSync(() => setPreviewed(undefined));
    list.current?.querySelector<HTMLElement>(`[data-hit="${previewed}"]`)?.focus();
  }
  // From the database alone nothing is narrowed.
  const narrowing = first && !first.degraded && (
    <>
      <FacetPanel facets={first.facets} question={shown} onToggle={toggle} />
      <SizeGroup sizes={first.sizes} question={shown} onSize={(size) => ask({ ...shown, size })} />
      <DaysGroup days={shown.published} onDays={(published) => ask({ ...shown, published })} />
    </>
  );

  return (
    <Page title={question.q === '' ? t('title') : t('found.for', { q: question.q })} quietTitle width="full">
      <div className={styles.box}>
        <SearchBox />
        <Suspense>
          <SavedSearches />
        </Suspense>
      </div>
      <div className={isBare ? styles.bare : styles.columns}>
        <aside className={styles.facets} aria-label={t('filters')}>
          {narrowing}
        </aside>
        <section className={styles.results} aria-label={t('title')} aria-busy={isPlaceholderData}>
          <ResultBar
            total={first?.total}
            question={shown}
            view={view}
            onView={setView}
            onSort={(sort) => ask({ ...shown, sort })}
            onFilters={() => setFiltering(true)}
          />
          <FilterChips
            question={shown}
            counted={first?.facets ?? {}}
            onRemove={toggle}
            onSizeRemove={() => ask({ ...shown, size: undefined })}
            onDaysRemove={() => ask({ ...shown, published: undefined })}
            onClear={clear}
          />
          {first && <Understood question={question} found={first} />}
          {isPending && (view === 'cards' ? <CardSkeletons count={12} /> : <RowSkeletons count={8} />)}
          {error && <ProblemView problem={error} onRetry={refetch} />}
          {first && items.length === 0 && (
            <Suspense>
              <ZeroHits question={question} neighbours={first.neighbours ?? []} onClear={clear} />
            </Suspense>
          )}
          {items.length > 0 && (
            <HitList
              ref={list}
              items={items}
              view={view}
              isOld={isPlaceholderData}
              onPreview={preview}
              onOpen={() => noteOpened(asked)}
              more={
                hasNextPage ? { isLoading: isFetchingNextPage, load: () => void fetchNextPage() } : undefined
              }
            />
          )}
        </section>
      </div>
      <Suspense>
        {filtering && first && (
          <FacetDrawer total={first.total} onClose={() => setFiltering(false)}>
            {narrowing}
          </FacetDrawer>
        )}
        {previewed && (
          <PreviewDrawer
            id={previewed}
            passage={items.find(({ id }) => id === previewed)?.passages[0]}
            onClose={closePreview}
          />
        )}
      </Suspense>
    </Page>
  );
}
