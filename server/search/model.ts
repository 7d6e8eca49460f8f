import { type HydratedDocument, model, Schema } from 'mongoose';
import type { SearchQuestion } from './contract.ts';

export interface StoredSearch {
  member: string;
  question: SearchQuestion;
  /** The question as one text: the same one is kept once. */
  key: string;
  seenAt: Date;
  createdAt: Date;
}
export type SearchDocument = HydratedDocument<StoredSearch>;

const savedSchema = new Schema<StoredSearch>(
  {
    member: { type: String, required: true },
    question: { type: Schema.Types.Mixed, required: true }, // as it comes from the contract; never changed
    key: { type: String, required: true },
    seenAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'saved_searches' },
);
savedSchema.index({ member: 1, key: 1 }, { unique: true });
savedSchema.index({ member: 1, createdAt: -1 });

export const SavedSearchModel = model<StoredSearch>('SavedSearch', savedSchema);

/** How often something was asked on a day; nobody's name is kept. */
export interface AskedDay {
  day: string;
  q: string;
  asked: number;
  empty: number;
  opened: number;
}

const askedSchema = new Schema<AskedDay>(
  {
    day: { type: String, required: true },
    q: { type: String, required: true },
    asked: { type: Number, default: 0 },
    empty: { type: Number, default: 0 },
    opened: { type: Number, default: 0 },
  },
  { versionKey: false, strict: 'throw', collection: 'asked_days' },
);
askedSchema.index({ day: 1, q: 1 }, { unique: true });

export const AskedDayModel = model<AskedDay>('AskedDay', askedSchema);
