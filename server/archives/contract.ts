/** Problems of every endpoint that looks into a zip: the file may be none, or one that is not opened. */
export const archiveProblems = [
  'archives/not-an-archive',
  'archives/damaged',
  'archives/encrypted',
  'archives/too-many-entries',
  'archives/unpacks-too-large',
  'archives/packed-too-tightly',
  'archives/overlapping-entries',
  'archives/unsafe-name',
  'archives/repeated-name',
  'archives/special-file',
  'archives/unknown-packing',
] as const;

/** Problems of every endpoint that looks into a zip among the files of a version. */
export const fileArchiveProblems = [
  'resources/no-draft',
  'resources/withdrawn',
  'resources/no-such-file',
  ...archiveProblems,
  'blobs/gone',
  'blobs/damaged',
  'blobs/quarantined',
] as const;
