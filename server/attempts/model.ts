import { model, Schema, type Types } from 'mongoose';
import type { Counted } from './rules.ts';

export interface StoredAttempt {
  member: string;
  resource: string;
  /** SHA-256 of the package: another edition of it begins anew */
  blob: string;
  item: string;
  /** as JSON: the names in it are the package's own */
  cmi: string;
  /** missing while only a draft has been tried out, which is no learning */
  reached?: Counted;
  startedAt?: Date;
  updatedAt: Date;
}

/** An attempt that tells of learning. */
export type StoredResult = Omit<StoredAttempt, 'cmi'> & {
  _id: Types.ObjectId;
  reached: Counted;
  startedAt: Date;
};

const reached = new Schema<Counted>(
  {
    openings: { type: Number, required: true },
    completion: { type: String, required: true },
    success: { type: String, required: true },
    score: { type: Number, default: null },
    seconds: { type: Number, required: true },
    clock: { type: Number, required: true },
    opening: { type: String, default: '' },
  },
  { _id: false, strict: 'throw' },
);
const schema = new Schema<StoredAttempt>(
  {
    member: { type: String, required: true },
    resource: { type: String, required: true },
    blob: { type: String, required: true },
    item: { type: String, default: '' },
    cmi: { type: String, required: true },
    reached,
    startedAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'attempts' },
);
schema.index({ member: 1, resource: 1, blob: 1, item: 1 }, { unique: true });
schema.index({ resource: 1, updatedAt: -1, _id: -1 });
schema.index({ resource: 1, 'reached.score': -1, _id: -1 });

export const AttemptModel = model<StoredAttempt>('Attempt', schema);
