import { type HydratedDocument, model, Schema, type Types } from 'mongoose';

/** A link with which somebody joins, or chooses a password. better-auth's organisation plugin knows the collection. */
export interface StoredInvitation {
  organizationId: Types.ObjectId;
  email: string;
  /** Roles in the organisation as text; what they get on joining. */
  roles: string;
  status: 'pending' | 'accepted' | 'canceled';
  inviterId: Types.ObjectId | null;
  /** The member who chooses a password; null for somebody who is to join. */
  person: Types.ObjectId | null;
  /** SHA-256 of what stands in the link. */
  digest: string;
  createdAt: Date;
  expiresAt: Date;
}
export type InvitationDocument = HydratedDocument<StoredInvitation>;

const schema = new Schema<StoredInvitation>(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    email: { type: String, required: true },
    roles: { type: String, required: true },
    status: { type: String, enum: ['pending', 'accepted', 'canceled'], default: 'pending' },
    inviterId: { type: Schema.Types.ObjectId, default: null },
    person: { type: Schema.Types.ObjectId, default: null },
    digest: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'invitations', timestamps: true, versionKey: false },
);
schema.index({ digest: 1 }, { unique: true });
schema.index({ organizationId: 1 }, { name: 'invitations_organizationId_idx' });
// Kept for a while, so that who opens an old link reads that it is over, and not that there is none.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 90 * 24 * 60 * 60 });
schema.index({ email: 1 }, { name: 'invitations_email_idx' });

export const InvitationModel = model<StoredInvitation>('Invitation', schema);
