import { type HydratedDocument, model, Schema, Types } from 'mongoose';

/** The group itself: one document. */
export interface StoredGroup {
  _id: 'group';
  name: string;
  /** When the first administrator was set up; null until then, and never null again. */
  setUpAt: Date | null;
  /** Since when somebody is setting up; a claim that did not end in a set-up lapses. */
  claimedAt: Date | null;
  /** The first organisation and the first administrator: who they are is settled before they are stored. */
  organisation: Types.ObjectId;
  administrator: Types.ObjectId;
  revision: number;
}
export type GroupDocument = HydratedDocument<StoredGroup>;

const schema = new Schema<StoredGroup>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    setUpAt: { type: Date, default: null },
    claimedAt: { type: Date, default: null },
    organisation: { type: Schema.Types.ObjectId, required: true, default: () => new Types.ObjectId() },
    administrator: { type: Schema.Types.ObjectId, required: true, default: () => new Types.ObjectId() },
  },
  { collection: 'groups', timestamps: true, versionKey: 'revision', optimisticConcurrency: true },
);

export const GroupModel = model<StoredGroup>('Group', schema);
