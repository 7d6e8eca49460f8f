import { Suspense, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { shell, useTexts } from '../i18n/index.ts';
import { BrokenPage } from './broken-page.tsx';
import { Header } from './header.tsx';
import styles from './layout.module.css';
import { NewsRegion } from './news.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { usePlaceMemory } from './place-memory.ts';
import { SignInAgain } from './sign-in-again.tsx';

/** Header, content, live region: the frame that stays while pages change. */
export function Layout() {
  const t = useTexts(shell);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  usePlaceMemory(main);

  return (
    <div className={styles.layout}>
      <a href="#content" className={styles.skip}>
        {t('skip-to-content')}
      </a>
      <Header />
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        <BrokenPage key={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </BrokenPage>
      </main>
      <NewsRegion />
      <SignInAgain />
    </div>
  );
}
