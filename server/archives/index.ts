export { type Archive, type ArchiveEntry, openArchive, openZip } from './archive.ts';
export { entryBytes, entryMediaType } from './entry-bytes.ts';
