import { type HydratedDocument, type Model, model, Schema } from 'mongoose';
import type { Audience } from '../access/index.ts';

export interface StoredSection {
  id: string;
  title: string;
  note: string;
}

export interface StoredItem {
  resource: string;
  /** Null: before the first section. */
  section: string | null;
  note: string;
}

export interface StoredSet {
  title: string;
  summary: string;
  owner: string;
  organisation: string;
  audience: Audience;
  audienceKeys: string[];
  sections: StoredSection[];
  items: StoredItem[];
  /** The resource whose thumbnail stands for the set. */
  cover: string | null;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}
export type SetDocument = HydratedDocument<StoredSet>;
export type SetModel = Model<StoredSet>;

function setSchema(collection: string): Schema<StoredSet> {
  const { Mixed } = Schema.Types;
  const schema = new Schema<StoredSet>(
    {
      title: { type: String, required: true },
      summary: { type: String, default: '' },
      owner: { type: String, required: true },
      organisation: { type: String, required: true },
      audience: { type: Mixed, required: true },
      audienceKeys: { type: [String], required: true },
      sections: { type: Mixed, default: () => [] }, // as they come from the contract; replaced as a whole
      items: { type: Mixed, default: () => [] },
      cover: { type: String, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { versionKey: 'revision', optimisticConcurrency: true, strict: 'throw', collection },
  );
  schema.index({ updatedAt: -1, _id: -1 });
  schema.index({ owner: 1, updatedAt: -1 });
  schema.index({ 'items.resource': 1 });
  return schema;
}

export const CollectionModel: SetModel = model<StoredSet>('Collection', setSchema('collections'));
export const ShelfModel: SetModel = model<StoredSet>('Shelf', setSchema('shelves'));
