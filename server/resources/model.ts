import { model, Schema } from 'mongoose';
import type { Published, Stored, StoredChange } from './stored.ts';

/**
 * Drafts and versions are stored as they come from the contract, which has checked them; so they are Mixed here and
 * always replaced as a whole.
 */
const { Mixed } = Schema.Types;

const resourceSchema = new Schema<Stored>(
  {
    kind: { type: String, required: true },
    organisation: { type: String, required: true },
    owner: { type: String, required: true },
    editors: { type: [String], default: [] },
    makers: { type: [String], default: [] },
    scope: { type: String, required: true },
    state: { type: String, required: true },
    draft: { type: Mixed, default: null },
    submitted: { type: Mixed, default: null },
    returned: { type: Mixed, default: null },
    published: { type: Mixed, default: null },
    withdrawn: { type: Mixed, default: null },
    audienceKeys: { type: [String], default: [] },
    staleSince: { type: Date, default: null },
    indexedRevision: { type: Number, default: -1 },
    lastChange: { type: Mixed, required: true },
    updatedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: 'revision', optimisticConcurrency: true, minimize: false },
);
resourceSchema.index({ updatedAt: -1, _id: -1 });
resourceSchema.index({ organisation: 1, updatedAt: -1, _id: -1 });
resourceSchema.index({ makers: 1, updatedAt: -1, _id: -1 });
resourceSchema.index({ state: 1, 'submitted.at': 1 });
resourceSchema.index({ staleSince: 1 });
resourceSchema.index({ 'draft.files.sha256': 1 });
resourceSchema.index({ 'published.files.sha256': 1 });

export const ResourceModel = model<Stored>('Resource', resourceSchema, 'resources');

export interface StoredVersion extends Published {
  resource: string;
  /** Revision of the resource whose draft it was made of. */
  fromRevision: number;
  /** Keys of its own audience: a version that was for few does not open because a later one is for many. */
  audienceKeys: string[];
}

const versionSchema = new Schema<StoredVersion>(
  {
    resource: { type: String, required: true },
    number: { type: Number, required: true },
    fromRevision: { type: Number, required: true },
    audienceKeys: { type: [String], required: true },
    publishedAt: { type: Date, required: true },
    files: { type: Mixed, required: true },
  },
  { versionKey: false, minimize: false, strict: false },
);
versionSchema.index({ resource: 1, number: -1 }, { unique: true });
versionSchema.index({ 'files.sha256': 1 });

/** A published version never changes: whoever tries has made a mistake in the program. */
versionSchema.pre(
  ['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'replaceOne'],
  function refuse() {
    throw new Error('A published version never changes');
  },
);

export const VersionModel = model<StoredVersion>('ResourceVersion', versionSchema, 'resource_versions');

const historySchema = new Schema<StoredChange>(
  {
    resource: { type: String, required: true },
    revision: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: Mixed, required: true },
    what: { type: String, required: true },
    changes: { type: Mixed, default: [] },
  },
  { versionKey: false, minimize: false },
);
historySchema.index({ resource: 1, revision: -1 });

export const HistoryModel = model<StoredChange>('ResourceChange', historySchema, 'resource_history');
