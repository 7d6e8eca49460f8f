import { z } from 'zod';
import { scopes } from '../../access/contract.ts';
import { FileDerivative, recipes } from '../../derive/contract.ts';
import { Moment } from '../../http/contract.ts';
import { Annotations } from '../annotations/contract.ts';
import { Describable, kinds, Parts, states } from '../description/contract.ts';
import { fileViews, Look } from '../files/contract.ts';
import { Lack, Person, Version, verbs } from '../lifecycle/contract.ts';

/** What answers tell of a resource: in full, in a list, as it was published and as it has changed. */

export const File = z.object({
  path: z.string(),
  /** Bytes. */
  size: z.number().int(),
  mediaType: z.string(),
  sha256: z.string(),
  /** How far each recipe has come with it, and why one failed; what was made is in the previews. */
  derivatives: z.partialRecord(z.enum(recipes), FileDerivative).optional(),
  /** Labels on a model or in a 360° photo, in order. */
  annotations: Annotations.optional(),
  /** Whether its picture was chosen to stand for the resource. */
  isCover: z.boolean().optional(),
  /** How its author wants a picture to be looked at; missing where the picture itself tells. */
  view: z.enum(fileViews).optional(),
  /** Where its author lets one look first in a 360° photo; missing where the picture itself tells. */
  look: Look.optional(),
});

export const VersionInFull = Version.extend({ ...Describable.shape, ...Parts.shape, files: z.array(File) });

const Common = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  organisation: z.string(),
  owner: z.string(),
  state: z.enum(states),
  /** Number of the published version; null before the first. */
  version: z.number().int().nullable(),
  publishedAt: Moment.nullable(),
  revision: z.number().int(),
  createdAt: Moment,
  updatedAt: Moment,
});

export const Resource = Common.extend({
  ...Describable.shape,
  ...Parts.shape,
  /** Which state of it this is: what readers see, or the next draft. */
  view: z.enum(['published', 'draft']),
  files: z.array(File),
  /** Those with whom the owner shares the editing; only for those who may see the draft. */
  editors: z.array(z.string()).optional(),
  /** What is still empty; only with a draft. */
  missing: z.array(Lack).optional(),
  submitted: z.object({ at: Moment, by: Person }).nullable().optional(),
  returned: z
    .object({
      at: Moment,
      by: Person,
      comment: z.string(),
      fields: z.array(z.object({ field: z.string(), comment: z.string() })),
    })
    .nullable()
    .optional(),
  withdrawn: z
    .object({
      at: Moment,
      reason: z.string(),
      successor: z.string().optional(),
      /** What the successor is called; only for those who can read it, where the resource itself is read. */
      successorTitle: z.string().optional(),
    })
    .nullable(),
  can: z.array(z.enum(verbs)),
});

/**
 * What a list tells of a resource: enough for a card. Its texts were checked when they came in; doing so again for each
 * of a list would be most of what the list costs.
 */
export const ResourceCard = Common.extend({
  title: z.string(),
  summary: z.string(),
  level: Describable.shape.level,
  majors: z.array(z.string()),
  tags: z.array(z.string()),
  materialType: z.string().nullable(),
  language: z.string(),
  licence: Describable.shape.licence,
  creators: z.array(z.string()),
  audience: z.object({ scope: z.enum(scopes), organisations: z.array(z.string()).optional() }),
  fileCount: z.number().int(),
  bytes: z.number(),
  /** SHA-256 of the file whose thumbnail stands for the resource. */
  cover: z.string().nullable(),
});

/** A resource in a list. */
export const ListedCard = ResourceCard.extend({
  /** Only with `mine`. */
  can: z.array(z.enum(verbs)).optional(),
  /** Whether the draft came back from review; only with `mine`. */
  returned: z.boolean().optional(),
});

export const Change = z.object({
  at: Moment,
  by: Person,
  what: z.string(),
  revision: z.number().int(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
