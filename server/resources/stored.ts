import type { Types } from 'mongoose';
import type { Annotation } from './annotations/contract.ts';
import type { Description, Kind, State } from './description/contract.ts';
import type { fileViews, Look } from './files/contract.ts';

/** A file of a draft or version. Its bytes are durable before it stands here. */
export interface StoredFile {
  path: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  /** Names the blob. */
  sha256: string;
  /** CRC-32 of the bytes, which an archive needs before they are read. */
  crc32: number;
  /** Labels on a model or in a 360° photo, in order; missing when it has none, as in everything stored before there were labels. */
  annotations?: Annotation[];
  /** Whether its author has chosen its picture for the resource; missing otherwise. */
  isCover?: true;
  /** How its author wants a picture to be looked at; missing where the picture itself tells. */
  view?: (typeof fileViews)[number];
  /** Where its author lets one look first in a 360° photo; missing where the picture itself tells. */
  look?: Look;
}

/** Description and files: what a draft and a version consist of. */
export interface Content extends Description {
  files: StoredFile[];
  /** Told in lists, so that these need not read the files. */
  fileCount: number;
  bytes: number;
  /** SHA-256 of the file whose thumbnail stands for the resource. */
  cover: string | null;
}

export interface Draft extends Content {
  /** Number of the version that it began from; 0 for the first draft. */
  basedOn: number;
}

export interface Person {
  id: string;
  name: string;
}

export interface Published extends Content {
  number: number;
  publishedAt: Date;
  publisher: Person;
  note: string;
}

/** One entry of the history. */
export interface StoredChange {
  _id: Types.ObjectId;
  resource: string;
  /** The revision that this change made. */
  revision: number;
  at: Date;
  by: Person;
  what: What;
  changes: { field: string; before: unknown; after: unknown }[];
}

export type What =
  | 'created'
  | 'described'
  | 'shared'
  | 'file-added'
  | 'file-replaced'
  | 'files-arranged'
  | 'file-removed'
  | 'annotated'
  | 'cover-chosen'
  | 'view-chosen'
  | 'submitted'
  | 'recalled'
  | 'returned'
  | 'published'
  | 'withdrawn'
  | 'draft-started'
  | 'draft-discarded'
  | 'terms-replaced';

export interface Stored {
  _id: Types.ObjectId;
  kind: Kind;
  organisation: string;
  owner: string;
  editors: string[];
  /** Owner and editors together, so that one index finds what somebody works on, newest first. */
  makers: string[];
  /** Scope of the draft's audience, or of the version's when there is no draft: who must review depends on it. */
  scope: string;
  /** Always `stateOf` the stages below; stored for filters. */
  state: State;
  draft: Draft | null;
  submitted: { at: Date; by: Person } | null;
  returned: {
    at: Date;
    by: Person;
    comment: string;
    fields: { field: string; comment: string }[];
  } | null;
  published: Published | null;
  withdrawn: { at: Date; by: Person; reason: string; successor?: string } | null;
  /** Keys of the published audience; none before, so that nobody sees a draft by its audience. */
  audienceKeys: string[];
  /** Raised by every change; the ETag. */
  revision: number;
  /** Since when the search index is behind; null when it is not. */
  staleSince: Date | null;
  /** Revision that the search index has; -1 when it has none. */
  indexedRevision: number;
  /** The newest entry of the history, stored together with what it tells of; see `commit`. */
  lastChange: StoredChange;
  createdAt: Date;
  updatedAt: Date;
}

/** What a list tells of a draft or version. */
export const cardFields = [
  'title',
  'summary',
  'level',
  'majors',
  'tags',
  'materialType',
  'language',
  'licence',
  'creators',
  'audience',
  'fileCount',
  'bytes',
  'cover',
] as const satisfies (keyof Content)[];
export type CardContent = Pick<Content, (typeof cardFields)[number]>;

/** A resource as lists load it. */
export type ListedResource = Omit<
  Stored,
  | 'makers'
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'published'
  | 'staleSince'
  | 'indexedRevision'
  | 'lastChange'
> & {
  draft?: CardContent | null;
  published?: (CardContent & Pick<Published, 'number' | 'publishedAt'>) | null;
};

/** A resource as the list of those who make it loads it: with its review, without its history. */
export type OwnResource = Omit<Stored, 'lastChange'>;
