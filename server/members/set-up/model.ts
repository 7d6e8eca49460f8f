import { model, Schema } from 'mongoose';

/** The group itself: one document. */
export interface StoredGroup {
  _id: 'group';
  name: string;
  /** When the first administrator was set up; null until then, and never null again. */
  setUpAt: Date | null;
  /** Raised whenever group administrators change, so that two such changes at once cannot both go through. */
  administratorChanges: number;
}

const schema = new Schema<StoredGroup>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    setUpAt: { type: Date, default: null },
    administratorChanges: { type: Number, default: 0 },
  },
  { collection: 'groups', timestamps: true, versionKey: false },
);

export const GroupModel = model<StoredGroup>('Group', schema);
