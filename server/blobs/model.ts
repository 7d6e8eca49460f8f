import mongoose from 'mongoose';

/** Bytes that are durable, identified by their SHA-256; equal bytes are stored once. */
export interface Blob {
  /** SHA-256, hexadecimal */
  _id: string;
  /**
   * Where the bytes lie. Each arrival writes under a key of its own, so removing condemned bytes can never hit those
   * of somebody who uploads the same at that moment.
   */
  key: string;
  size: number;
  crc32: number;
  mediaType: string;
  /** `damaged`: what was read last did not match; not handed out until the bytes are back */
  state: 'stored' | 'damaged';
  storedAt: Date;
  /** Last time that somebody took hold of it, before a reference is stored. */
  heldAt: Date;
  /** Made anew by whoever takes hold: what was decided about the blob before counts no more. */
  hold: string;
  /** Last time that every byte was read and compared. */
  checkedAt: Date;
  /** Since when nothing refers to it. */
  condemnedAt?: Date | null;
  /** The mirror that has its bytes. */
  mirror?: string;
  /** What the virus scanner said; `too-large` for it, which is no reason to refuse. Missing until it was asked. */
  scan?: 'clean' | 'infected' | 'too-large';
  /** What it found. */
  threat?: string;
}

const schema = new mongoose.Schema<Blob>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    size: { type: Number, required: true },
    crc32: { type: Number, required: true },
    mediaType: { type: String, required: true },
    state: { type: String, required: true, enum: ['stored', 'damaged'] },
    storedAt: { type: Date, required: true },
    heldAt: { type: Date, required: true },
    hold: { type: String, required: true },
    checkedAt: { type: Date, required: true },
    condemnedAt: { type: Date },
    mirror: { type: String },
    scan: { type: String, enum: ['clean', 'infected', 'too-large'] },
    threat: { type: String },
  },
  { versionKey: false },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ checkedAt: 1 });
schema.index({ condemnedAt: 1 });
schema.index({ state: 1, mirror: 1 });
schema.index({ scan: 1, storedAt: 1 });

export const BlobModel = mongoose.model<Blob>('Blob', schema);

/** What an organisation stores and has asked room for. */
export interface Quota {
  /** the organisation */
  _id: string;
  /** bytes of the blobs that it holds */
  used: number;
  /** room for bytes on their way; those whose time is over count no more */
  reservations: { id: string; bytes: number; until: Date }[];
  /** raised with every change, so that two processes cannot both take the last of it */
  revision: number;
}

const quotaSchema = new mongoose.Schema<Quota>(
  {
    _id: { type: String, required: true },
    used: { type: Number, required: true, default: 0 },
    reservations: [{ _id: false, id: String, bytes: Number, until: Date }],
    revision: { type: Number, required: true, default: 0 },
  },
  { versionKey: false },
);

export const QuotaModel = mongoose.model<Quota>('Quota', quotaSchema);

/** That an organisation has brought a blob: counted once against its quota, however many files point to it. */
export interface Holding {
  /** organisation and SHA-256, joined by a colon */
  _id: string;
  organisation: string;
  blob: string;
  size: number;
  heldAt: Date;
}

const holdingSchema = new mongoose.Schema<Holding>(
  {
    _id: { type: String, required: true },
    organisation: { type: String, required: true },
    blob: { type: String, required: true },
    size: { type: Number, required: true },
    heldAt: { type: Date, required: true },
  },
  { versionKey: false },
);
holdingSchema.index({ blob: 1 });
holdingSchema.index({ organisation: 1 });

export const HoldingModel = mongoose.model<Holding>('Holding', holdingSchema);
