import { z } from 'zod';

/**
 * xAPI 1.0.3, Data 2 to 4: statements as far as they come from units. Each part names what it knows and refuses the
 * rest; extensions hold anything. Attachments are not taken.
 */

const Iri = z
  .string()
  .max(2000)
  .regex(/^[a-z][a-z0-9+.-]*:\S+$/i);
const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i);
const LanguageMap = z.record(z.string().max(40), z.string().max(10_000));
const Extensions = z.record(Iri, z.unknown());
/** ISO 8601 with its offset (Data 4.5); a moment without one could be anywhere. */
export const Timestamp = z.iso.datetime({ offset: true });
/** ISO 8601 duration (Data 4.6). */
const Duration = z
  .string()
  .max(60)
  .regex(
    /^P(?=.)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(?=.)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/,
  );

const identities = {
  name: z.string().max(500).optional(),
  mbox: z
    .string()
    .max(500)
    .regex(/^mailto:/)
    .optional(),
  mbox_sha1sum: z
    .string()
    .regex(/^[0-9a-f]{40}$/i)
    .optional(),
  openid: z.string().max(2000).optional(),
  account: z.strictObject({ homePage: Iri, name: z.string().max(500) }).optional(),
};
/** Data 2.4.2.1 */
export const Agent = z.strictObject({ objectType: z.literal('Agent').optional(), ...identities });
export type Agent = z.infer<typeof Agent>;
const Group = z.strictObject({
  objectType: z.literal('Group'),
  ...identities,
  member: z.array(Agent).max(200).optional(),
});

const Component = z.strictObject({ id: z.string().max(2000), description: LanguageMap.optional() });
const Components = z.array(Component).max(500).optional();
const Activity = z.strictObject({
  objectType: z.literal('Activity').optional(),
  id: Iri,
  definition: z
    .strictObject({
      name: LanguageMap.optional(),
      description: LanguageMap.optional(),
      type: Iri.optional(),
      moreInfo: Iri.optional(),
      extensions: Extensions.optional(),
      interactionType: z
        .enum([
          'true-false',
          'choice',
          'fill-in',
          'long-fill-in',
          'matching',
          'performance',
          'sequencing',
          'likert',
          'numeric',
          'other',
        ])
        .optional(),
      correctResponsesPattern: z.array(z.string().max(10_000)).max(500).optional(),
      choices: Components,
      scale: Components,
      source: Components,
      target: Components,
      steps: Components,
    })
    .optional(),
});
const Activities = z
  .union([Activity, z.array(Activity).max(100)])
  .transform((given) => (Array.isArray(given) ? given : [given]));

const Context = z.strictObject({
  registration: Uuid.optional(),
  instructor: z.union([Agent, Group]).optional(),
  team: Group.optional(),
  contextActivities: z
    .strictObject({
      parent: Activities.optional(),
      grouping: Activities.optional(),
      category: Activities.optional(),
      other: Activities.optional(),
    })
    .optional(),
  revision: z.string().max(500).optional(),
  platform: z.string().max(500).optional(),
  language: z.string().max(40).optional(),
  statement: z.strictObject({ objectType: z.literal('StatementRef'), id: Uuid }).optional(),
  extensions: Extensions.optional(),
});

const Score = z.strictObject({
  scaled: z.number().min(-1).max(1).optional(),
  raw: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
const Result = z.strictObject({
  score: Score.optional(),
  success: z.boolean().optional(),
  completion: z.boolean().optional(),
  response: z.string().max(50_000).optional(),
  duration: Duration.optional(),
  extensions: Extensions.optional(),
});

const Reference = z.strictObject({ objectType: z.literal('StatementRef'), id: Uuid });
const Verb = z.strictObject({ id: Iri, display: LanguageMap.optional() });

export const Statement = z.strictObject({
  id: Uuid.transform((id) => id.toLowerCase()).optional(),
  actor: z.union([Agent, Group]),
  verb: Verb,
  object: z.union([
    Activity,
    Agent.extend({ objectType: z.literal('Agent') }),
    Group,
    Reference,
    z.strictObject({
      objectType: z.literal('SubStatement'),
      actor: z.union([Agent, Group]),
      verb: Verb,
      object: z.union([Activity, Agent.extend({ objectType: z.literal('Agent') }), Group, Reference]),
      result: Result.optional(),
      context: Context.optional(),
      timestamp: Timestamp.optional(),
    }),
  ]),
  result: Result.optional(),
  context: Context.optional(),
  timestamp: Timestamp.optional(),
  /** Set by whoever stores it; what a unit says here is not believed (Data 2.4.8 to 2.4.10). */
  stored: z.unknown().optional(),
  authority: z.unknown().optional(),
  version: z
    .string()
    .regex(/^1\.0(\.\d+)?$/)
    .optional(),
});
export type Statement = z.infer<typeof Statement>;

/** Identifiers of the activities in a list of the context. */
export const contextIds = (
  { context }: Pick<Statement, 'context'>,
  list: 'parent' | 'grouping' | 'category' | 'other',
): string[] => context?.contextActivities?.[list]?.map(({ id }) => id) ?? [];

/** Whether both are one: agents are told apart by their account (Data 2.4.2.3), which is all that ours have. */
export const isSameAgent = (a: Statement['actor'], b: Agent): boolean =>
  a.objectType !== 'Group' &&
  a.account !== undefined &&
  a.account.homePage === b.account?.homePage &&
  a.account.name === b.account.name;
