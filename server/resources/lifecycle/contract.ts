import { z } from 'zod';
import { Moment } from '../../http/contract.ts';

/** What a member may do to a resource now, as `can` says it: the table of access and the lifecycle both allow it. */
export const verbs = [
  'preview',
  'trace', // read its history
  'edit',
  'share',
  'submit',
  'recall',
  'publish',
  'return',
  'start-draft',
  'withdraw',
  'discard',
  'rate',
  'assess',
] as const;
export type Verb = (typeof verbs)[number];

/** A part of a description that is still empty, or that does not fit the others. */
export const Lack = z.object({
  field: z.string(),
  why: z.enum(['empty', 'no-files', 'not-for-public']),
  /** Whether it stands in the way of submitting; the others only help readers to find and judge the resource. */
  needed: z.boolean(),
});
export type Lack = z.infer<typeof Lack>;

export const Person = z.object({ id: z.string(), name: z.string() });

export const Version = z.object({
  number: z.number().int(),
  publishedAt: Moment,
  publisher: Person,
  note: z.string(),
  files: z.number().int(),
  bytes: z.number(),
});
