import mongoose from 'mongoose';
import type { Facts, Reason, Recipe } from './contract.ts';

/** Something that was made from a blob and is handed out: a thumbnail, or a copy that browsers can open. */
export interface Output {
  /** a size of thumbnails, with `-avif` in that format, or the kind of copy */
  name: string;
  key: string;
  size: number;
  mediaType: string;
  sha256: string;
  /** where it begins in its object, of one that several small ones share, and the facts of that object */
  within?: { at: number; size: number; sha256: string };
  /** of a picture, in pixels */
  width?: number;
  height?: number;
}

/** What a recipe made of a blob, or why it could not. */
export interface Derivative {
  /** SHA-256 of the blob and the recipe, joined by a colon */
  _id: string;
  blob: string;
  recipe: Recipe;
  /** version of the recipe that it was made by, or is to be */
  version: number;
  state: 'waiting' | 'done' | 'failed';
  /** why it failed */
  reason?: Reason;
  /** the part of the file that is at fault, when it is one */
  about?: string;
  /** how much is done, from 0 to 1, of what takes long and has begun */
  progress?: number;
  /** the member who asked for it, while it is on its way; of what is only made when somebody asks */
  askedBy?: string;
  facts: Facts;
  outputs: Output[];
  changedAt: Date;
}

const { Mixed } = mongoose.Schema.Types;

const schema = new mongoose.Schema<Derivative>(
  {
    _id: { type: String, required: true },
    blob: { type: String, required: true },
    recipe: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    reason: { type: String },
    about: { type: String },
    progress: { type: Number },
    askedBy: { type: String },
    facts: { type: Mixed, required: true },
    outputs: { type: Mixed, default: [] },
    changedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ blob: 1 });
schema.index({ state: 1, changedAt: 1 });
schema.index({ recipe: 1, state: 1 }); // how much there is of each

export const DerivativeModel = mongoose.model<Derivative>('Derivative', schema, 'derivatives');

/** By which versions of the recipes everything has been asked for, so that only an upgrade asks again. */
interface Followed {
  _id: 'recipes';
  versions: Record<string, number>;
}

const followedSchema = new mongoose.Schema<Followed>(
  { _id: { type: String, required: true }, versions: { type: Mixed, required: true } },
  { versionKey: false },
);

export const FollowedModel = mongoose.model<Followed>('Followed', followedSchema, 'followed_recipes');

/** One page, slide, caption or section of a blob's text, in order. */
export interface StoredPassage {
  _id: mongoose.Types.ObjectId;
  blob: string;
  /** place in the order; what was read out of pictures of pages begins at a number of its own */
  n: number;
  unit: 'page' | 'slide' | 'sheet' | 'seconds' | 'section';
  /** page or slide number, second, name of the sheet or heading */
  at: number | string;
  /** path of the file that it stands in, inside of a package */
  entry?: string;
  text: string;
}

const passageSchema = new mongoose.Schema<StoredPassage>(
  {
    blob: { type: String, required: true },
    n: { type: Number, required: true },
    unit: { type: String, required: true },
    at: { type: Mixed, required: true },
    entry: { type: String },
    text: { type: String, required: true },
  },
  { versionKey: false },
);
passageSchema.index({ blob: 1, n: 1 }, { unique: true });

export const PassageModel = mongoose.model<StoredPassage>('Passage', passageSchema, 'passages');
