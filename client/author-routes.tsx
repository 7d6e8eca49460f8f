import { lazy } from 'react';
import { Route } from 'react-router';
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
      path="upload"
      element={
        <Allowed title="upload" ask={['create', 'resource']}>
          <UploadPage />
        </Allowed>
      }
    />
    <Route
      path="upload/table"
      element={
        <Allowed title="upload" ask={['create', 'resource']}>
          <UploadTablePage />
        </Allowed>
      }
    />
    <Route path="resources/:id/edit" element={<EditResourcePage />} />
    <Route path="resources/:id/results" element={<ResultsPage />} />
    <Route
      path="mine"
      element={
        <Allowed title="nav.mine">
          <MinePage />
        </Allowed>
      }
    />
    <Route
      path="reviews"
      element={
        <Allowed title="nav.reviews" ask={['return', 'resource']}>
          <ReviewsPage />
        </Allowed>
      }
    />
    <Route path="collections/:id/edit" element={<EditSetPage base="collections" />} />
    <Route path="shelves/:id/edit" element={<EditSetPage base="shelves" />} />
  </>
);

/** Where the group is kept in order. */
export const managePages = (
  <>
    <Route path="vocabularies" element={<VocabulariesPage />} />
    <Route path="vocabularies/:key" element={<VocabularyPage />} />
    <Route path="organisations" element={<OrganisationsPage />} />
    <Route
      path="members"
      element={
        <Allowed title="nav.members" ask={['import', 'person']}>
          <MembersPage />
        </Allowed>
      }
    />
    <Route
      path="profile"
      element={
        <Allowed title="nav.profile">
          <ProfilePage />
        </Allowed>
      }
    />
    <Route
      path="jobs"
      element={
        <Allowed title="nav.jobs" ask={['read', 'job']}>
          <JobsPage />
        </Allowed>
      }
    />
    <Route
      path="storage"
      element={
        <Allowed title="nav.storage" ask={['read', 'job']}>
          <StoragePage />
        </Allowed>
      }
    />
    <Route
      path="usage"
      element={
        <Allowed title="nav.usage" ask={['report', 'usage']}>
          <UsagePage />
        </Allowed>
      }
    />
  </>
);
