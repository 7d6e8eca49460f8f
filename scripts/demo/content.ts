import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { groupRoles, organisationRoles } from '../../server/access/contract.ts';
import { organisationKinds } from '../../server/members/contract.ts';

/** What the demo is made of: data files that a teacher can read and correct. */

const Table = z.strictObject({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});
export type Table = z.infer<typeof Table>;

export const models = [
  'battery-pack',
  'bearing-seat',
  'conveyor',
  'cylinder',
  'gripper',
  'milled-block',
  'motor',
  'mould',
  'pipe-joint',
  'robot-arm',
  'stepped-shaft',
  'tee-joint',
  'turning-tool',
  'vee-groove',
] as const;
export type ModelName = (typeof models)[number];

const Topic = z.strictObject({
  key: z.string(),
  title: z.string(),
  /** Key of the organisation that works on it. */
  organisation: z.string(),
  model: z.enum(models),
  majors: z.array(z.string()),
  courses: z.array(z.string()),
  jobs: z.array(z.string()),
  certificates: z.array(z.string()),
  tags: z.array(z.string()),
  summary: z.string(),
  card: Table,
  parameters: Table,
  steps: z.array(z.string()),
  safety: z.array(z.string()),
  goals: z.strictObject({ knowledge: z.string(), skill: z.string(), attitude: z.string() }),
  questions: z.array(
    z.strictObject({ ask: z.string(), options: z.array(z.string()), answer: z.number().int() }),
  ),
});
export type Topic = z.infer<typeof Topic>;

const Organisation = z.strictObject({
  key: z.string(),
  name: z.string(),
  shortName: z.string(),
  kind: z.enum(organisationKinds),
  region: z.string(),
  /** Of the e-mail addresses; reserved for examples (RFC 2606). */
  domain: z.string(),
  people: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      roles: z.array(z.enum(organisationRoles)),
      groupRoles: z.array(z.enum(groupRoles)).default([]),
    }),
  ),
});
export type Organisation = z.infer<typeof Organisation>;
export type Person = Organisation['people'][number];

const read = <Shape extends z.ZodType>(name: string, shape: Shape): z.output<Shape> =>
  shape.parse(JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8')));

export const organisations = read('organisations', z.array(Organisation));

export const topics = ['machining', 'welding', 'automation', 'robotics', 'other-fields'].flatMap((field) =>
  read(field, z.array(Topic)),
);
