import { model, Schema } from 'mongoose';

/** How often something was tried in a stretch of time, counted for all processes together. */
export interface StoredAttempts {
  /** A digest of what is counted, and the number of the stretch. */
  _id: string;
  count: number;
  expiresAt: Date;
}

const schema = new Schema<StoredAttempts>(
  {
    _id: { type: String, required: true },
    count: { type: Number, default: 0 },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sign-in-attempts', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const AttemptsModel = model<StoredAttempts>('SignInAttempts', schema);
