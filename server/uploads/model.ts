import mongoose from 'mongoose';
import type { Unfinished } from '../../storage/objects/store.ts';
import type { Findings } from '../blobs/index.ts';
import type { ProblemBody } from '../http/contract.ts';
import type { Language } from '../http/index.ts';

/** An upload that may take days, and as many connections and processes as it needs. */
export interface StoredUpload {
  /** 32 hexadecimal digits, not to be guessed */
  _id: string;
  /** the member who began it; nobody else knows of it */
  owner: string;
  /** the organisation of the resource, whose quota counts */
  organisation: string;
  resource: string;
  path: string;
  /** what the sender said about the file */
  name: string;
  declaredType?: string;
  /** as it came, for HEAD */
  metadata: Record<string, string | null>;
  /** bytes in all */
  size: number;
  /** what is durable */
  unfinished: Unfinished;
  reservation: string;
  state: 'receiving' | 'finished' | 'refused';
  /** what is known of the bytes once all have come, before they are recorded */
  findings?: Findings;
  file?: { path: string; size: number; mediaType: string; sha256: string };
  problem?: Record<Language, ProblemBody>;
  touchedAt: Date;
  createdAt: Date;
}

const { Mixed } = mongoose.Schema.Types;

const schema = new mongoose.Schema<StoredUpload>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    organisation: { type: String, required: true },
    resource: { type: String, required: true },
    path: { type: String, required: true },
    name: { type: String, required: true },
    declaredType: { type: String },
    metadata: { type: Mixed, required: true },
    size: { type: Number, required: true },
    unfinished: { type: Mixed, required: true },
    reservation: { type: String, required: true },
    state: { type: String, required: true, enum: ['receiving', 'finished', 'refused'] },
    findings: { type: Mixed },
    file: { type: Mixed },
    problem: { type: Mixed },
    touchedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ owner: 1, createdAt: -1 });
schema.index({ touchedAt: 1 });
schema.index({ state: 1 });

export const UploadModel = mongoose.model<StoredUpload>('Upload', schema, 'uploads');

/** Who is writing to an upload at the moment, in whichever process. */
export interface StoredLock {
  /** the upload */
  _id: string;
  holder: string;
  /** when it counts as left behind */
  until: Date;
  /** somebody else waits */
  wanted: boolean;
}

const lockSchema = new mongoose.Schema<StoredLock>(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
    wanted: { type: Boolean, required: true },
  },
  { versionKey: false },
);

export const UploadLockModel = mongoose.model<StoredLock>('UploadLock', lockSchema, 'upload_locks');
