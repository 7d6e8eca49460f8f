import { lazy } from 'react';
import { Route } from 'react-router';
import { pageAddresses as at } from '../server/pages/contract.ts';
import { Allowed } from './shell/allowed.tsx';

const UploadPage = lazy(async () => ({ default: (await import('./pages/upload-page.tsx')).UploadPage }));
const UploadTablePage = lazy(async () => ({
  default: (await import('./pages/upload-table-page.tsx')).UploadTablePage,
}));
const EditResourcePage = lazy(async () => ({
  default: (await import('./pages/edit-resource-page.tsx')).EditResourcePage,
}));
const ResultsPage = lazy(async () => ({ default: (await import('./pages/results-page.tsx')).ResultsPage }));
const MinePage = lazy(async () => ({ default: (await import('./pages/mine-page.tsx')).MinePage }));
const ReviewsPage = lazy(async () => ({ default: (await import('./pages/reviews-page.tsx')).ReviewsPage }));
const VocabulariesPage = lazy(async () => ({
  default: (await import('./pages/vocabularies-page.tsx')).VocabulariesPage,
}));
const VocabularyPage = lazy(async () => ({
  default: (await import('./pages/vocabulary-page.tsx')).VocabularyPage,
}));
const OrganisationsPage = lazy(async () => ({
  default: (await import('./pages/organisations-page.tsx')).OrganisationsPage,
}));
const MembersPage = lazy(async () => ({ default: (await import('./pages/members-page.tsx')).MembersPage }));
const ProfilePage = lazy(async () => ({ default: (await import('./pages/profile-page.tsx')).ProfilePage }));
const JobsPage = lazy(async () => ({ default: (await import('./pages/jobs-page.tsx')).JobsPage }));
const StoragePage = lazy(async () => ({ default: (await import('./pages/storage-page.tsx')).StoragePage }));
const UsagePage = lazy(async () => ({ default: (await import('./pages/usage-page.tsx')).UsagePage }));
const EditSetPage = lazy(async () => ({ default: (await import('./pages/edit-set-page.tsx')).EditSetPage }));

/** Where resources are made, judged and arranged. */
export const authorPages = (
  <>
    <Route
      path={at.upload}
      element={
        <Allowed title="upload" ask={['create', 'resource']}>
          <UploadPage />
        </Allowed>
      }
    />
    <Route
      path={at.uploadTable}
      element={
        <Allowed title="upload" ask={['create', 'resource']}>
          <UploadTablePage />
        </Allowed>
      }
    />
    <Route path={at.editResource} element={<EditResourcePage />} />
    <Route path={at.results} element={<ResultsPage />} />
    <Route
      path={at.mine}
      element={
        <Allowed title="nav.mine">
          <MinePage />
        </Allowed>
      }
    />
    <Route
      path={at.reviews}
      element={
        <Allowed title="nav.reviews" ask={['return', 'resource']}>
          <ReviewsPage />
        </Allowed>
      }
    />
    <Route path={at.editCollection} element={<EditSetPage base="collections" />} />
    <Route path={at.editShelf} element={<EditSetPage base="shelves" />} />
  </>
);

/** Where the group is kept in order. */
export const managePages = (
  <>
    <Route path={at.vocabularies} element={<VocabulariesPage />} />
    <Route path={at.vocabulary} element={<VocabularyPage />} />
    <Route path={at.organisations} element={<OrganisationsPage />} />
    <Route
      path={at.members}
      element={
        <Allowed title="nav.members" ask={['import', 'person']}>
          <MembersPage />
        </Allowed>
      }
    />
    <Route
      path={at.profile}
      element={
        <Allowed title="nav.profile">
          <ProfilePage />
        </Allowed>
      }
    />
    <Route
      path={at.jobs}
      element={
        <Allowed title="nav.jobs" ask={['read', 'job']}>
          <JobsPage />
        </Allowed>
      }
    />
    <Route
      path={at.storage}
      element={
        <Allowed title="nav.storage" ask={['read', 'job']}>
          <StoragePage />
        </Allowed>
      }
    />
    <Route
      path={at.usage}
      element={
        <Allowed title="nav.usage" ask={['report', 'usage']}>
          <UsagePage />
        </Allowed>
      }
    />
  </>
);
