import { model, Schema, type Types } from 'mongoose';
import type { UseKind } from './contract.ts';

/** One use, as it happened. */
export interface UsageEvent {
  _id: Types.ObjectId;
  at: Date;
  kind: UseKind;
  resource: string;
  version: number | null;
  file: string | null;
  /** Who, as far as counting needs it: a member's id, or a day's mark of a visitor that leads back to nobody. */
  who: string;
  /** The organisation of the member; empty for visitors. */
  organisation: string;
  resourceOrganisation: string;
  /** Uses that a second click makes one of have the same key. */
  key: string;
  /** Whether it counts: not when the same use was less than 30 s before. */
  counted: boolean;
}

const eventSchema = new Schema<UsageEvent>(
  {
    at: { type: Date, required: true },
    kind: { type: String, required: true },
    resource: { type: String, required: true },
    version: { type: Number, default: null },
    file: { type: String, default: null },
    who: { type: String, required: true },
    organisation: { type: String, default: '' },
    resourceOrganisation: { type: String, required: true },
    key: { type: String, required: true },
    counted: { type: Boolean, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'usage_events' },
);
eventSchema.index({ key: 1, at: -1 });
eventSchema.index({ resource: 1, at: -1 });
eventSchema.index({ at: 1 });

export const UsageEventModel = model<UsageEvent>('UsageEvent', eventSchema);

/** What is counted of one day: made from the events when the day is over, as often as wanted. */
export interface UsageDay {
  day: string;
  resource: string;
  resourceOrganisation: string;
  organisation: string;
  kind: UseKind;
  count: number;
  /** Different people. */
  unique: number;
}

const daySchema = new Schema<UsageDay>(
  {
    day: { type: String, required: true },
    resource: { type: String, required: true },
    resourceOrganisation: { type: String, required: true },
    organisation: { type: String, default: '' },
    kind: { type: String, required: true },
    count: { type: Number, required: true },
    unique: { type: Number, required: true },
  },
  { versionKey: false, strict: 'throw', collection: 'usage_days' },
);
daySchema.index({ day: 1, resource: 1, organisation: 1, kind: 1 }, { unique: true });
daySchema.index({ resource: 1, day: 1 });
daySchema.index({ resourceOrganisation: 1, day: 1 });

export const UsageDayModel = model<UsageDay>('UsageDay', daySchema);

/** How far the days have been made, and how far search knows of uses. */
export interface UsageMark {
  _id: 'days' | 'search';
  /** The last day that is made; for search a time (ISO 8601). */
  until: string;
}

export const UsageMarkModel = model<UsageMark>(
  'UsageMark',
  new Schema<UsageMark>(
    { _id: { type: String, required: true }, until: { type: String, required: true } },
    { versionKey: false, strict: 'throw', collection: 'usage_marks' },
  ),
);
