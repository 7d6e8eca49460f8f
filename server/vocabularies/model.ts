import { type HydratedDocument, model, Schema } from 'mongoose';

export interface StoredVocabulary {
  key: string;
  labels: { 'zh-CN': string; en: string };
  hierarchical: boolean;
  closed: boolean;
  position: number;
  /** SHA-256 of the shipped file that it last took up. */
  edition: string;
}

export interface StoredTerm {
  vocabulary: string;
  code: string;
  labels: { 'zh-CN': string; en: string };
  synonyms: string[];
  parent: string | null;
  position: number;
  equivalents: string[];
  formerCodes: string[];
  retired: boolean;
  mergedInto: string | null;
  revision: number;
}
export type TermDocument = HydratedDocument<StoredTerm>;

const labels = { 'zh-CN': { type: String, required: true }, en: { type: String, default: '' } };

export const VocabularyModel = model<StoredVocabulary>(
  'Vocabulary',
  new Schema<StoredVocabulary>(
    {
      key: { type: String, required: true, unique: true },
      labels,
      hierarchical: { type: Boolean, required: true },
      closed: { type: Boolean, required: true },
      position: { type: Number, required: true },
      edition: { type: String, default: '' },
    },
    { strict: 'throw', versionKey: false, collection: 'vocabularies' },
  ),
);

const termSchema = new Schema<StoredTerm>(
  {
    vocabulary: { type: String, required: true },
    code: { type: String, required: true },
    labels,
    synonyms: [String],
    parent: { type: String, default: null },
    position: { type: Number, default: 0 },
    equivalents: [String],
    formerCodes: [String],
    retired: { type: Boolean, default: false },
    mergedInto: { type: String, default: null },
  },
  { strict: 'throw', versionKey: 'revision', optimisticConcurrency: true, collection: 'terms' },
);
termSchema.index({ vocabulary: 1, code: 1 }, { unique: true });
termSchema.index({ vocabulary: 1, position: 1, code: 1 });

export const TermModel = model<StoredTerm>('Term', termSchema);
