import { z } from 'zod';

/**
 * The words that contracts are written in. Client and tests read this file too, so it knows neither Express nor
 * mongoose.
 */

export type Language = 'zh-CN' | 'en';
export const languages = ['zh-CN', 'en'] as const satisfies readonly Language[];

/** The same in both languages. */
export type Said = Readonly<Record<Language, string>>;

/** What a caller needs before an endpoint answers: nothing, a signed-in member, or an action on a kind of thing. */
export type Ask = 'anyone' | 'signed-in' | { readonly action: string; readonly subject: string };

/** Headers that requests and answers carry; the API reference tells what each means. */
export type HeaderName =
  | 'Accept-Ranges'
  | 'Content-Disposition'
  | 'Content-Range'
  | 'ETag'
  | 'If-Match'
  | 'If-None-Match'
  | 'If-Range'
  | 'Location'
  | 'Range'
  | 'Retry-After'
  | 'Tus-Checksum-Algorithm'
  | 'Tus-Extension'
  | 'Tus-Max-Size'
  | 'Tus-Resumable'
  | 'Tus-Version'
  | 'Upload-Checksum'
  | 'Upload-Expires'
  | 'Upload-Length'
  | 'Upload-Metadata'
  | 'Upload-Offset'
  | 'WWW-Authenticate';

/** Headers, and whether they are always there. */
export type HeaderUse = Readonly<Partial<Record<HeaderName, 'always' | 'sometimes'>>>;

export interface EndpointDefinition {
  readonly method: 'get' | 'head' | 'options' | 'post' | 'put' | 'patch' | 'delete';
  /** Parameters stand in braces: `/api/collections/{id}`. `{path+}` takes the rest, slashes included. */
  readonly path: `/${string}`;
  /** One sentence for the API reference. */
  readonly summary: Said;
  /** What the service behind it asks of access; the access test calls every endpoint and compares. */
  readonly asks: Ask;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** How the body travels; JSON unless told. */
  readonly consumes?:
    | 'application/json'
    | 'multipart/form-data'
    | 'text/csv'
    | 'application/offset+octet-stream';
  /** Headers that it reads, beside those that follow from its body and its problems: see `server/reference`. */
  readonly headers?: HeaderUse;
  /** What comes back by status. A field that is not named here never leaves the server. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Headers of what comes back, refusals included, beside those that follow from its answers and problems. */
  readonly answerHeaders?: Readonly<Record<number, HeaderUse>>;
  /** Types of the declared problems that it may answer, beside those that every endpoint may. */
  readonly problems?: readonly string[];
}

/** Declares an endpoint. Validation, the stripping of answers, OpenAPI and typed callers all come from it. */
export function endpoint<const Definition extends EndpointDefinition>(definition: Definition): Definition {
  return definition;
}

type Out<Shape> = Shape extends z.ZodType ? z.output<Shape> : undefined;
type In<Shape> = Shape extends z.ZodType ? z.input<Shape> : undefined;

export type ParamsOf<E extends EndpointDefinition> = Out<E['params']>;
export type QueryOf<E extends EndpointDefinition> = Out<E['query']>;
export type BodyOf<E extends EndpointDefinition> = Out<E['body']>;
/** What a handler gives back: the input side, before the answer is parsed and stripped. */
export type GivenAnswer<E extends EndpointDefinition> = In<E['answers'][keyof E['answers']]>;
/** What a caller receives. */
export type AnswerOf<E extends EndpointDefinition> = Out<E['answers'][keyof E['answers']]>;

/** What a caller hands over; parts that the contract does not have are left out. */
export interface InputOf<E extends EndpointDefinition> {
  params?: In<E['params']>;
  query?: In<E['query']>;
  body?: In<E['body']> | FormData;
  /** Revision that the caller has seen; the server answers 412 when it is not the current one. */
  ifMatch?: number;
}

/** Bytes instead of JSON: a download, an upload, a file in a form. */
export const Bytes = z.unknown().meta({ title: 'bytes' });
export const Zip = z.unknown().meta({ title: 'bytes', mediaType: 'application/zip' });

/** An answer of text in another form than JSON. */
export const Text = z.string();
export const Csv = z.string().meta({ mediaType: 'text/csv' });
export const Html = z.string().meta({ mediaType: 'text/html' });

/** No body. */
export const Nothing = z.void();

/** Identifier of everything that is stored: 24 hexadecimal digits. */
export const Id = z.string().regex(/^[0-9a-f]{24}$/, { error: 'id' });

/** Halves of surrogate pairs, and what a decoder writes for bytes that are no UTF-8: text that broke on its way. */
const broken = /[\p{Cs}\uFFFD]/u;
export const isBroken = (text: string): boolean => broken.test(text);
/** Control characters, noncharacters and direction marks: a mistake, or is to deceive. */
const unprintable = /[\p{Cc}\p{Noncharacter_Code_Point}\p{Bidi_Control}\u2028\u2029]/u;
/** What leaves something to be seen by itself; joiners, fillers, variation selectors and combining marks do not. */
const visible = /[^\p{Default_Ignorable_Code_Point}\p{M}\p{Z}\p{Cc}\p{Cf}\u2800]/u;
/** Whether nothing of a text is to be seen: neither stored nor counted as filled in. */
export const isBlank = (text: string): boolean => !visible.test(text);
const isSeen = (text: string) => text === '' || !isBlank(text);

/** Text that came whole; nothing else is asked of it: a password, the name that a package gives to a part. */
export const whole = () => z.string().refine((text) => !isBroken(text), { error: 'broken' });

/** Where a word may be broken or must not be, and marks of byte order: nobody sees them, and no script needs them. */
const breaks = /[\u00AD\u200B\u2060\uFEFF]/g;
const tidied = (text: string) => text.replace(breaks, '').normalize('NFC').trim();

/** One line of text, trimmed, without what pages leave in pasted text, and in Unicode normal form C. */
export const line = (longest: number, shortest = 0) =>
  whole()
    .refine((text) => !unprintable.test(text), { error: 'unprintable' })
    .transform(tidied)
    .pipe(z.string().min(shortest).max(longest).refine(isSeen, { error: 'invisible' }));

/**
 * What somebody looks for, as typed or pasted: what pages put between characters and nobody sees, such as a place where
 * a word may be broken, is left out, and line ends are spaces.
 */
export const question = (longest: number) =>
  whole()
    .transform((text) => text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').replace(/\s+/gu, ' '))
    .pipe(z.string().refine((text) => !unprintable.test(text), { error: 'unprintable' }))
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().max(longest));

/** Text of several lines, as `line`. */
export const prose = (longest: number) =>
  whole()
    .refine((text) => !unprintable.test(text.replace(/[\r\n\t]/g, '')), { error: 'unprintable' })
    .transform(tidied)
    .pipe(z.string().max(longest).refine(isSeen, { error: 'invisible' }));

/** A moment, as ISO 8601 in UTC; a Date is welcome where the server answers. */
export const Moment = z
  .union([z.date(), z.iso.datetime()])
  .transform((moment) => (moment instanceof Date ? moment.toISOString() : moment))
  .meta({ title: 'moment' });

/** `?limit=&cursor=` of every list. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: whole().max(2000).optional(),
});

/** A page of a list; `next` is the cursor of the following page and is missing on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });

/** A query parameter that may be repeated: always a list, of so many at least. */
export const several = <Item extends z.ZodType>(item: Item, least = 0) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    least === 0 ? z.array(item).max(50) : z.array(item).min(least).max(50),
  );

/** RFC 9457. `type` is stable; `errors` names the fields of a request that was not understood. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ in: z.string(), field: z.string(), message: z.string() })).optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/** The address of a call, its parameters filled in and encoded. */
export function addressOf(definition: EndpointDefinition, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const path = definition.path.replace(/\{(\w+)(\+?)\}/g, (_, name: string, rest: string) => {
    const value = String(values[name] ?? '');
    return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Sent with every request of our own pages; another site cannot set it without asking us first. */
export const CLIENT_HEADER = { name: 'X-Courseyard', value: '1' } as const;

/** A call as the arguments of `fetch`, for the client and the tests. */
export function requestOf<E extends EndpointDefinition>(
  definition: E,
  input: InputOf<E>,
): [string, RequestInit] {
  const headers: Record<string, string> = {
    [CLIENT_HEADER.name]: CLIENT_HEADER.value,
    Accept: 'application/json',
  };
  if (input.ifMatch !== undefined) headers['If-Match'] = `"${input.ifMatch}"`;
  const init: RequestInit = { method: definition.method.toUpperCase(), headers };
  if (input.body instanceof FormData) init.body = input.body;
  else if (input.body !== undefined) {
    const consumes = definition.consumes ?? 'application/json';
    headers['Content-Type'] = consumes;
    init.body = consumes === 'application/json' ? JSON.stringify(input.body) : String(input.body);
  }
  return [addressOf(definition, input.params, input.query), init];
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: 1.2 GB, 340 KB. From 1,000 on, the next unit says it shorter: 1 MB, not 1,007 KB. */
export function formatBytes(bytes: number, language: 'zh-CN' | 'en'): string {
  const fits = units.findIndex((_, at) => bytes / 1024 ** at < 999.5);
  const power = fits < 0 ? units.length - 1 : fits;
  const amount = bytes / 1024 ** power;
  const digits = power === 0 || amount >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount);
  return `${number} ${units[power]}`;
}
