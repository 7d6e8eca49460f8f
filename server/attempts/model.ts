import { model, Schema } from 'mongoose';

export interface StoredAttempt {
  member: string;
  resource: string;
  /** SHA-256 of the package: another edition of it begins anew */
  blob: string;
  item: string;
  /** as JSON: the names in it are the package's own */
  cmi: string;
  updatedAt: Date;
}

const schema = new Schema<StoredAttempt>(
  {
    member: { type: String, required: true },
    resource: { type: String, required: true },
    blob: { type: String, required: true },
    item: { type: String, default: '' },
    cmi: { type: String, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'attempts' },
);
schema.index({ member: 1, resource: 1, blob: 1, item: 1 }, { unique: true });

export const AttemptModel = model<StoredAttempt>('Attempt', schema);
