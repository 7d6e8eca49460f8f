import { model, Schema, type Types } from 'mongoose';

/* Sessions and tokens: better-auth writes them, we list and end them. */

export interface StoredSession {
  userId: Types.ObjectId;
  token: string;
  ipAddress?: string | null;
  userAgent?: string | null;
  createdAt: Date;
  expiresAt: Date;
}

const session = new Schema<StoredSession>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    token: { type: String, required: true },
    ipAddress: String,
    userAgent: String,
    createdAt: Date,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false },
);
session.index({ token: 1 }, { unique: true, name: 'sessions_token_uidx' });
session.index({ userId: 1 }, { name: 'sessions_userId_idx' });
session.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface StoredToken {
  /** Identifier as text, as the plugin keeps it. */
  person: string;
  name: string;
  /** Its first characters. */
  start?: string | null;
  /** SHA-256 of the token. */
  key: string;
  enabled: boolean;
  createdAt: Date;
  expiresAt?: Date | null;
  lastRequest?: Date | null;
}

const token = new Schema<StoredToken>(
  {
    person: { type: String, required: true },
    name: { type: String, required: true },
    start: String,
    key: { type: String, required: true },
    enabled: { type: Boolean, default: true },
    createdAt: Date,
    expiresAt: Date,
    lastRequest: Date,
  },
  { collection: 'tokens', versionKey: false },
);
// Declared by the plugin; we have one configuration, so it finds nothing for us.
token.index({ configId: 1 }, { name: 'tokens_configId_idx' });
token.index({ key: 1 }, { name: 'tokens_key_idx' });
token.index({ person: 1 }, { name: 'tokens_person_idx' });

export const SessionModel = model<StoredSession>('Session', session);
export const TokenModel = model<StoredToken>('Token', token);
