import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { pageAddresses as at } from '../server/pages/contract.ts';
import { authorPages, managePages } from './author-routes.tsx';
import { Layout } from './shell/layout.tsx';

const HomePage = lazy(async () => ({ default: (await import('./pages/home-page.tsx')).HomePage }));
const SearchPage = lazy(async () => ({ default: (await import('./pages/search-page.tsx')).SearchPage }));
const ResourcePage = lazy(async () => ({
  default: (await import('./pages/resource/resource-page.tsx')).ResourcePage,
}));
const VersionPage = lazy(async () => ({
  default: (await import('./pages/resource/version-page.tsx')).VersionPage,
}));
const SetsPage = lazy(async () => ({ default: (await import('./pages/sets-page.tsx')).SetsPage }));
const SetPage = lazy(async () => ({ default: (await import('./pages/set-page.tsx')).SetPage }));
const SetUpPage = lazy(async () => ({ default: (await import('./pages/set-up-page.tsx')).SetUpPage }));
const JoinPage = lazy(async () => ({ default: (await import('./pages/join-page.tsx')).JoinPage }));
const SignInPage = lazy(async () => ({ default: (await import('./pages/sign-in-page.tsx')).SignInPage }));
const EmbedPage = lazy(async () => ({ default: (await import('./pages/embed-page.tsx')).EmbedPage }));
const NotFoundPage = lazy(async () => ({
  default: (await import('./pages/not-found-page.tsx')).NotFoundPage,
}));

/** Every address of the application. A page is fetched when it is needed; the one before stays until it is there. */
export function Addresses() {
  return (
    <Routes>
      <Route
        path={at.embed}
        element={
          <Suspense fallback={null}>
            <EmbedPage />
          </Suspense>
        }
      />
      <Route element={<Layout />}>
        <Route path={at.home} element={<HomePage />} />
        <Route path={at.search} element={<SearchPage />} />
        <Route path={at.resource} element={<ResourcePage />} />
        <Route path={at.version} element={<VersionPage />} />
        <Route path={at.collections} element={<SetsPage base="collections" />} />
        <Route path={at.collection} element={<SetPage base="collections" />} />
        <Route path={at.shelves} element={<SetsPage base="shelves" />} />
        <Route path={at.shelf} element={<SetPage base="shelves" />} />
        <Route path={at.setUp} element={<SetUpPage />} />
        <Route path={at.invitation} element={<JoinPage />} />
        <Route path={at.signIn} element={<SignInPage />} />
        {authorPages}
        {managePages}
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
