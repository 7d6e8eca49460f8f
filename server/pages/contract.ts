/**
 * Where each page of the client stands: the client shows it there, and the server tells every other address as not
 * found. Parameters as `react-router` and Express both read them.
 */
export const pageAddresses = {
  home: '/',
  search: '/search',
  resource: '/resources/:id',
  version: '/resources/:id/versions/:number',
  editResource: '/resources/:id/edit',
  results: '/resources/:id/results',
  collections: '/collections',
  collection: '/collections/:id',
  editCollection: '/collections/:id/edit',
  shelves: '/shelves',
  shelf: '/shelves/:id',
  editShelf: '/shelves/:id/edit',
  upload: '/upload',
  uploadTable: '/upload/table',
  mine: '/mine',
  reviews: '/reviews',
  vocabularies: '/vocabularies',
  vocabulary: '/vocabularies/:key',
  organisations: '/organisations',
  members: '/members',
  profile: '/profile',
  jobs: '/jobs',
  storage: '/storage',
  usage: '/usage',
  setUp: '/set-up',
  invitation: '/invitations/:token',
  signIn: '/sign-in',
  embed: '/embed/:id',
} as const;
