import { lazy, Suspense } from 'react';
import { useMe } from '../api/me.ts';
import { Page } from '../components/page.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import { Examples } from './home/examples.tsx';
import { Majors } from './home/majors.tsx';
import { CollectionsRow, ContinueRow, NewRow } from './home/rows.tsx';
import styles from './home-page.module.css';

const SavedSearches = lazy(async () => ({
  default: (await import('../features/search/saved-searches.tsx')).SavedSearches,
}));

/** Searching is what one comes for; below it, what one left, what is new, what curators put together. */
export function HomePage() {
  const t = useTexts(shell);
  const { me, group } = useMe();
  return (
    <Page title={group?.name || t('tagline')} quietTitle>
      <section className={styles.top}>
        <p className={styles.group}>{group?.name}</p>
        <h2 className={styles.tagline}>{t('tagline')}</h2>
        <div className={styles.box}>
          <SearchBox autoFocus={window.matchMedia('(pointer: fine)').matches} />
          <Examples />
        </div>
      </section>
      <div className={styles.fresh}>
        <Suspense>{me && <SavedSearches onlyFresh />}</Suspense>
      </div>
      <Majors />
      {me && <ContinueRow />}
      <NewRow majors={me?.majors ?? []} />
      <CollectionsRow />
    </Page>
  );
}
