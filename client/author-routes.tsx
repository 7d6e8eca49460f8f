import { lazy } from 'react';
import { Route } from 'react-router';

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
    <Route path="upload" element={<UploadPage />} />
    <Route path="upload/table" element={<UploadTablePage />} />
    <Route path="resources/:id/edit" element={<EditResourcePage />} />
    <Route path="resources/:id/results" element={<ResultsPage />} />
    <Route path="mine" element={<MinePage />} />
    <Route path="reviews" element={<ReviewsPage />} />
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
    <Route path="members" element={<MembersPage />} />
    <Route path="profile" element={<ProfilePage />} />
    <Route path="jobs" element={<JobsPage />} />
    <Route path="storage" element={<StoragePage />} />
    <Route path="usage" element={<UsagePage />} />
  </>
);
