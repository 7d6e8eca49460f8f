import { type HydratedDocument, model, Schema, Types } from 'mongoose';
import { organisationKinds } from './contract.ts';

/** A member of the group. better-auth's organisation plugin knows the same collection. */
export interface StoredOrganisation {
  name: string;
  /** What the plugin asks for, an address of its own; ours is the identifier. */
  slug: string;
  shortName: string;
  kind: (typeof organisationKinds)[number];
  region: string;
  /** Its members can neither sign in nor use tokens. */
  suspended: boolean;
  /** How it sorts among Chinese names, and what finds it while somebody types: see `naming.ts`. */
  sortName: string;
  keywords: string;
  createdAt: Date;
  revision: number;
}
export type OrganisationDocument = HydratedDocument<StoredOrganisation>;

const schema = new Schema<StoredOrganisation>(
  {
    name: { type: String, required: true },
    slug: { type: String, required: true, default: () => new Types.ObjectId().toString() },
    shortName: { type: String, default: '' },
    kind: { type: String, enum: organisationKinds, required: true },
    region: { type: String, default: '' },
    suspended: { type: Boolean, default: false },
    sortName: { type: String, required: true },
    keywords: { type: String, required: true },
  },
  {
    collection: 'organisations',
    timestamps: true,
    versionKey: 'revision',
    optimisticConcurrency: true,
  },
);
// `…_uidx` and `…_idx` are the names that better-auth gives its indexes, so that both agree on one.
schema.index({ slug: 1 }, { unique: true, name: 'organisations_slug_uidx' });
schema.index({ name: 1 }, { unique: true });
schema.index({ sortName: 1, _id: 1 });

export const OrganisationModel = model<StoredOrganisation>('Organisation', schema);
