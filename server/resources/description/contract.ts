import { z } from 'zod';
import { Audience } from '../../access/contract.ts';
import { line, prose } from '../../http/contract.ts';

/** What a resource is told to be. Closed lists here, open ones with codes in the vocabularies. */

export const kinds = ['courseware', 'textbook', 'xr'] as const;
export type Kind = (typeof kinds)[number];

export const levels = ['material', 'component', 'module', 'course'] as const;

export const states = ['draft', 'submitted', 'published', 'withdrawn'] as const;
export type State = (typeof states)[number];

export const licences = [
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'cc-by-nc-4.0',
  'cc-by-nc-sa-4.0',
  'cc-by-nd-4.0',
  'cc-by-nc-nd-4.0',
  'cc0-1.0',
  'group-only',
] as const;

/** Whether everybody is to see what only members may use. */
export const contradicts = ({ licence, audience }: Pick<Describable, 'licence' | 'audience'>): boolean =>
  licence === 'group-only' && audience.scope === 'public';

/** A list in the order given, without repetition. */
const distinct = (longest: number, most: number) =>
  z
    .array(line(longest, 1))
    .max(most)
    .transform((texts) => [...new Set(texts)]);

/** BCP 47, as far as resources need it: language, script, region. */
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, { error: 'language' });

export const Describable = z.object({
  title: line(120, 1),
  summary: prose(2000),
  level: z.enum(levels).nullable(),
  /** Codes of the catalogue of majors. */
  majors: distinct(40, 20),
  courses: distinct(120, 20),
  /** Posts that it prepares for. */
  jobs: distinct(120, 20),
  certificates: distinct(120, 20),
  tags: distinct(40, 30),
  /** Code of the vocabulary of material types. */
  materialType: line(40, 1).nullable(),
  language: Language,
  licence: z.enum(licences),
  creators: distinct(80, 50),
  audience: Audience,
});
export type Describable = z.infer<typeof Describable>;

const minutes = z.number().int().min(1).max(100_000);

export const Courseware = z.strictObject({
  minutes: minutes.optional(),
  /** Knowledge, skill and attitude that learners gain. */
  aims: z
    .strictObject({ knowledge: prose(2000), skill: prose(2000), attitude: prose(2000) })
    .partial()
    .optional(),
  prerequisites: prose(2000).optional(),
  method: prose(500).optional(),
});

export const textbookForms = ['loose-leaf', 'workbook', 'other'] as const;

/** ISO 2108: thirteen digits, the last of which checks the others; hyphens and spaces are left out. */
const Isbn = z
  .string()
  .max(30)
  .transform((text) => text.replace(/[\s-]/g, ''))
  .refine(
    (isbn) =>
      /^97[89]\d{10}$/.test(isbn) &&
      [...isbn].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0,
    { error: 'isbn' },
  );

export const Textbook = z.strictObject({
  edition: line(40).optional(),
  isbn: Isbn.optional(),
  form: z.enum(textbookForms).optional(),
  press: line(120).optional(),
});

export const devices = ['phone', 'tablet', 'pc', 'headset'] as const;
export const runtimes = ['webxr', 'viewer', 'unity', 'unreal', 'apk', 'exe'] as const;

/** What a trainer must know before a training asset is used. */
export const Xr = z.strictObject({
  devices: z.array(z.enum(devices)).max(4).optional(),
  /** Headsets by name. */
  headsets: distinct(80, 10).optional(),
  runtime: z.enum(runtimes).optional(),
  /** How it is started. */
  start: prose(2000).optional(),
  /** Equipment or process that it simulates. */
  simulates: line(200).optional(),
  safety: prose(2000).optional(),
  tasks: z
    .array(z.strictObject({ title: line(200, 1), minutes: minutes.optional() }))
    .max(100)
    .optional(),
});

/** Beside the description that all have: the part of a kind. */
export const Parts = z.object({
  courseware: Courseware.optional(),
  textbook: Textbook.optional(),
  xr: Xr.optional(),
});
export type Parts = z.infer<typeof Parts>;

export type Description = Describable & Parts;

/** A draft needs a title; everything else can come later. */
export const NewResource = z.strictObject({
  kind: z.enum(kinds),
  ...Describable.partial().shape,
  ...Parts.shape,
  title: Describable.shape.title,
});

export const DescriptionChange = z.strictObject({
  /** Until the first version. The parts of other kinds go with the change. */
  kind: z.enum(kinds).optional(),
  ...Describable.partial().shape,
  ...Parts.shape,
});
export type DescriptionChange = z.infer<typeof DescriptionChange>;
