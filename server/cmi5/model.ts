import { model, Schema } from 'mongoose';
import type { Standing } from './satisfaction.ts';
import type { Session } from './session-rules.ts';

/** A launch as it is kept, with what lets its unit in. */
export interface StoredSession extends Session {
  /** SHA-256 of what is traded for the token, and of the token; null until it has been traded */
  fetchKey: string;
  token: string | null;
  /** the `LMS.LaunchData` document, as JSON */
  launchData: string;
  language: string;
  launchedAt: Date;
  lastAt: Date;
  /** from when on the token opens nothing */
  endsAt: Date;
  isAbandoned: boolean;
  /** whether a draft is tried out, which counts for nothing; missing otherwise */
  isTrial?: boolean;
}

/** A statement on its way into its collection. */
export interface StoredStatement {
  registration: string;
  /** position in the registration, from 0 */
  turn: number;
  statement: string;
  verb: string;
  /** identifiers of the activity that it is about, and of all that it names */
  activity: string;
  related: string[];
  storedAt: Date;
  /** SHA-256 of what was sent: the same again is no conflict */
  digest: string;
  json: string;
  expiresAt: Date | null;
}

/** A member who learns with one edition of a package. */
export interface StoredRegistration {
  /** UUID */
  _id: string;
  /** identifier of the member; of a visitor, one that nobody else has */
  member: string;
  resource: string;
  /** SHA-256 of the package: another edition of it begins anew */
  blob: string;
  /** counts how often the member has begun: the highest one is the current one */
  turn: number;
  actor: Session['actor'];
  revision: number;
  standings: Standing[];
  /** publisher's identifiers of blocks and course that "satisfied" has been recorded of */
  satisfied: string[];
  session: StoredSession | null;
  /** how many statements have been recorded */
  statements: number;
  /**
   * The statements that were recorded last. They are copied to their collection before others take their place, so
   * that none is lost, wherever a process ends.
   */
  latest: StoredStatement[];
  /** of a visitor nothing is kept for longer than this */
  expiresAt: Date | null;
}

const statement = {
  registration: { type: String, required: true },
  turn: { type: Number, required: true },
  statement: { type: String, required: true },
  verb: { type: String, required: true },
  activity: { type: String, default: '' },
  related: { type: [String], required: true },
  storedAt: { type: Date, required: true },
  digest: { type: String, required: true },
  json: { type: String, required: true },
  expiresAt: { type: Date, default: null },
} as const;
const actor = new Schema<Session['actor']>(
  { objectType: String, account: { type: { homePage: String, name: String, _id: false } } },
  { _id: false, strict: 'throw' },
);
const standing = new Schema<Standing>(
  {
    unit: { type: String, required: true },
    completed: String,
    passed: String,
    failed: String,
    score: Number,
    progress: Number,
    seconds: Number,
  },
  { _id: false, strict: 'throw' },
);
const session = new Schema<StoredSession>(
  {
    id: { type: String, required: true },
    registration: { type: String, required: true },
    actor: { type: actor, required: true },
    unit: { type: String, required: true },
    activityId: { type: String, required: true },
    mode: { type: String, required: true },
    masteryScore: Number,
    said: { type: [String], required: true },
    terminatedAt: String,
    seconds: Number,
    isTrial: Boolean,
    fetchKey: { type: String, required: true },
    token: { type: String, default: null },
    launchData: { type: String, required: true },
    language: { type: String, required: true },
    launchedAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    isAbandoned: { type: Boolean, required: true },
  },
  { _id: false, id: false, strict: 'throw' },
);
const registration = new Schema<StoredRegistration>(
  {
    _id: { type: String, required: true },
    member: { type: String, required: true },
    resource: { type: String, required: true },
    blob: { type: String, required: true },
    turn: { type: Number, required: true },
    actor: { type: actor, required: true },
    revision: { type: Number, required: true },
    standings: { type: [standing], required: true },
    satisfied: { type: [String], required: true },
    session: { type: session, default: null },
    statements: { type: Number, required: true },
    latest: { type: [new Schema<StoredStatement>(statement, { _id: false })], required: true },
    expiresAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw', collection: 'cmi5_registrations' },
);
registration.index({ member: 1, resource: 1, blob: 1, turn: 1 }, { unique: true });
registration.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const statements = new Schema<StoredStatement>(statement, {
  versionKey: false,
  strict: 'throw',
  collection: 'cmi5_statements',
});
statements.index({ registration: 1, turn: 1 }, { unique: true });
statements.index({ registration: 1, statement: 1 }, { unique: true });
statements.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** What units keep for themselves: xAPI's documents of state and profiles, within one registration. */
export interface StoredDocument {
  registration: string;
  kind: 'state' | 'activity-profile' | 'agent-profile';
  /** empty for profiles of agents */
  activity: string;
  name: string;
  mediaType: string;
  content: Buffer;
  etag: string;
  updatedAt: Date;
  expiresAt: Date | null;
}
const documents = new Schema<StoredDocument>(
  {
    registration: { type: String, required: true },
    kind: { type: String, required: true },
    activity: { type: String, default: '' },
    name: { type: String, required: true },
    mediaType: { type: String, required: true },
    content: { type: Buffer, required: true },
    etag: { type: String, required: true },
    updatedAt: { type: Date, required: true },
    expiresAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw', collection: 'cmi5_documents' },
);
documents.index({ registration: 1, kind: 1, activity: 1, name: 1 }, { unique: true });
documents.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const RegistrationModel = model<StoredRegistration>('Cmi5Registration', registration);
export const StatementModel = model<StoredStatement>('Cmi5Statement', statements);
export const DocumentModel = model<StoredDocument>('Cmi5Document', documents);
