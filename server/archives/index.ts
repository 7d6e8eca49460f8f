export { type Archive, type ArchiveEntry, openArchive } from './archive.ts';
export { entryBytes, entryMediaType } from './entry-bytes.ts';
