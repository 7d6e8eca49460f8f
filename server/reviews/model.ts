import { model, Schema } from 'mongoose';

export interface StoredRating {
  resource: string;
  member: string;
  /** Name and organisation at that time: a rating outlives the membership. */
  name: string;
  organisation: string;
  stars: number;
  comment: string;
  version: number;
  updatedAt: Date;
}

const schema = new Schema<StoredRating>(
  {
    resource: { type: String, required: true },
    member: { type: String, required: true },
    name: { type: String, required: true },
    organisation: { type: String, default: '' },
    stars: { type: Number, required: true },
    comment: { type: String, default: '' },
    version: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'ratings' },
);
schema.index({ resource: 1, member: 1 }, { unique: true });
schema.index({ resource: 1, updatedAt: -1, _id: -1 });

export const RatingModel = model<StoredRating>('Rating', schema);
