import { type HydratedDocument, model, Schema, type Types } from 'mongoose';
import { type Language, languages } from '../../http/index.ts';

/*
 * People and what ties them to their organisation. better-auth (its core, its admin and its organisation plugin)
 * reads and writes the same collections; `auth.ts` maps its names to ours, and a test compares the two. Only
 * `userId` and `organizationId` keep its names: under others its adapter for MongoDB looks for text in their place.
 */

export interface StoredPerson {
  name: string;
  email: string;
  emailVerified: boolean;
  /** Roles in the group as text: see `roles.ts`. */
  groupRoles: string;
  /** May neither sign in nor use a token. */
  suspended: boolean;
  /** The one that they chose; the pages of who never did keep theirs. */
  language?: Language;
  /** Codes of the majors that they teach. */
  majors: string[];
  sortName: string;
  keywords: string;
  createdAt: Date;
  revision: number;
}
export type PersonDocument = HydratedDocument<StoredPerson>;

const person = new Schema<StoredPerson>(
  {
    name: { type: String, required: true },
    email: { type: String, required: true },
    emailVerified: { type: Boolean, default: false },
    groupRoles: { type: String, default: '' },
    suspended: { type: Boolean, default: false },
    language: { type: String, enum: languages },
    majors: { type: [String], default: [] },
    sortName: { type: String, required: true },
    keywords: { type: String, required: true },
  },
  { collection: 'people', timestamps: true, versionKey: 'revision', optimisticConcurrency: true },
);
person.index({ email: 1 }, { unique: true, name: 'people_email_uidx' });
person.index({ sortName: 1, _id: 1 });

/** A person is a member of exactly one organisation. */
export interface StoredMembership {
  organizationId: Types.ObjectId;
  userId: Types.ObjectId;
  /** Roles in the organisation as text: see `roles.ts`. */
  roles: string;
  createdAt: Date;
}

const membership = new Schema<StoredMembership>(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    roles: { type: String, required: true },
  },
  { collection: 'memberships', timestamps: true, versionKey: false },
);
membership.index({ userId: 1 }, { unique: true, name: 'memberships_userId_uidx' });
membership.index({ organizationId: 1 }, { name: 'memberships_organizationId_idx' });

/** How somebody signs in: `credential` holds the digest of the password; a provider will hold its own name of them. */
export interface StoredAccount {
  userId: Types.ObjectId;
  providerId: string;
  accountId: string;
  password?: string;
}

const account = new Schema<StoredAccount>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    providerId: { type: String, required: true },
    accountId: { type: String, required: true },
    password: String,
  },
  { collection: 'accounts', timestamps: true, versionKey: false },
);
account.index({ userId: 1 }, { name: 'accounts_userId_idx' });
account.index({ providerId: 1, accountId: 1 }, { unique: true });

export const PersonModel = model<StoredPerson>('Person', person);
export const MembershipModel = model<StoredMembership>('Membership', membership);
export const AccountModel = model<StoredAccount>('Account', account);
