import { z } from 'zod';
import { endpoint, Id, Moment } from '../http/contract.ts';
import { FilePath, Which } from '../resources/contract.ts';

/** A part of a package that is learnt on its own: the identifier in its manifest. */
const Item = z.string().max(2000).default('');

/** How far a learner has come: SCORM's words, the same for both of its versions. */
export const progressStates = ['not-started', 'incomplete', 'completed', 'passed', 'failed'] as const;

/** What a package has noted of a learner, to go on from later. */
export const Attempt = z.object({
  item: z.string(),
  /** The data model as the package left it: `cmi` of SCORM 1.2 or 2004. */
  cmi: z.record(z.string(), z.unknown()),
  progress: z.enum(progressStates),
  /** Points as the package counts them, for the most part out of 100; null before there are any. */
  score: z.number().nullable(),
  /** When it was noted last; null when nothing has been. */
  updatedAt: Moment.nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

const params = z.object({ id: Id, version: Which, path: FilePath });
const asks = { action: 'read', subject: 'resource' } as const;
const path = '/api/resources/{id}/versions/{version}/attempts/{path+}';
const problems = ['resources/no-draft', 'resources/withdrawn', 'resources/no-such-file'] as const;

export const getAttempt = endpoint({
  method: 'get',
  path,
  summary: 'Tells how far the member has come with a package, or with a part of it.',
  asks,
  params,
  query: z.strictObject({ item: Item }),
  answers: { 200: Attempt },
  problems: [...problems],
});

export const keepAttempt = endpoint({
  method: 'put',
  path,
  summary: 'Keeps what a package has noted of the member. Of a visitor nothing is kept.',
  asks,
  params,
  body: z.strictObject({ item: Item, cmi: z.record(z.string().max(100), z.unknown()) }),
  answers: { 200: Attempt },
  problems: [...problems, 'attempts/too-large'],
});
