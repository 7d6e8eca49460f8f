import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { isVisitor, type Member, visitor } from '../access/member.ts';
import type { BodyOf, EndpointDefinition, GivenAnswer, Language, ParamsOf, QueryOf } from './contract.ts';
import { preferredLanguage } from './language.ts';
import { signInNeeded } from './problems.ts';
import { ReadyItem } from './ready-item.ts';
import { ReadyPage } from './ready-page.ts';
import { parse } from './validation.ts';

export interface Call<E extends EndpointDefinition> {
  member: Member;
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** The revision in `If-Match`, when the caller sent one. */
  ifMatch: number | undefined;
  language: Language;
  req: Request;
  res: Response;
}

/** Finds out who is asking; the visitor when nobody has signed in. */
export type Authenticate = (req: Request) => Promise<Member>;

/** An endpoint tied to what answers it. */
export interface Route {
  definition: EndpointDefinition;
  /** Multipart and other bodies that are not JSON are read by the handler itself, as a stream. */
  serve: (authenticate: Authenticate) => (req: Request, res: Response, next: NextFunction) => Promise<void>;
}

/**
 * Ties an endpoint to the function that answers it with JSON. The request is parsed by the contract, and so is the
 * answer: a field that the contract does not name never leaves the server. An answer with a `revision` gets an ETag.
 */
export function handle<E extends EndpointDefinition>(
  definition: E,
  respond: (call: Call<E>) => Promise<GivenAnswer<E>>,
): Route {
  const [status, answer] = successOf(definition);
  return serve(definition, async (call) => {
    const given = await respond(call);
    const body: unknown = answer.parse(given);
    if (status === 204) {
      call.res.status(204).end();
      return;
    }
    call.res.status(status);
    if (!isRevised(body)) {
      call.res.json(body);
      return;
    }
    // `json` would answer 304 to whoever has seen the revision, and the revision does not tell what this caller may do.
    call.res.type('json').setHeader('ETag', `"${body.revision}"`);
    call.res.end(JSON.stringify(body));
  });
}

type OrReady<Parts> = { [Part in keyof Parts]: Parts[Part] | ReadyItem };

/** What the handler of a page gives back: items and what stands beside them as it is, or ready. */
type GivenPage<E extends EndpointDefinition> =
  GivenAnswer<E> extends { items: readonly (infer Item)[] }
    ? OrReady<Omit<GivenAnswer<E>, 'items'>> & { items: readonly (Item | ReadyItem)[] }
    : never;

/** As `handle`, for a page whose items, and what stands beside them, may be ready to be sent, or all of it. */
export function handlePage<E extends EndpointDefinition>(
  definition: E,
  respond: (call: Call<E>) => Promise<GivenPage<E> | ReadyPage>,
): Route {
  const write = pageWriter(definition);
  return serve(definition, async (call) => {
    const given = await respond(call);
    const page = given instanceof ReadyPage ? given : write(given);
    call.res.status(page.status).type('json').send(page.bodyFor(definition));
  });
}

/** Gives what writes the pages of an endpoint as they are sent; each passes the contract when it is written. */
export function pageWriter<E extends EndpointDefinition>(definition: E): (given: GivenPage<E>) => ReadyPage {
  const [status, page] = successOf(definition);
  const items = page instanceof z.ZodObject ? page.shape.items : undefined;
  if (!(page instanceof z.ZodObject && items instanceof z.ZodArray))
    throw new Error(`${definition.method} ${definition.path} does not answer with a page`);
  const item = items.element as z.ZodType;
  const others = Object.entries<z.ZodType>(page.omit({ items: true }).shape);
  return (given: { items: readonly unknown[]; [part: string]: unknown }) => {
    let text = `{"items":[${given.items.map((one) => jsonOf(item, one)).join(',')}]`;
    for (const [name, shape] of others) {
      const json = jsonOf(shape, given[name]);
      if (json !== undefined) text += `,"${name}":${json}`;
    }
    return new ReadyPage(definition, status, `${text}}`);
  };
}

/** Undefined for a part that may be missing, and is. */
function jsonOf(shape: z.ZodType, given: unknown): string | undefined {
  return given instanceof ReadyItem ? given.json(shape) : JSON.stringify(shape.parse(given));
}

/** Ties an endpoint to a function that writes the response itself: downloads, uploads, CSV. */
export function handleRaw<E extends EndpointDefinition>(
  definition: E,
  respond: (call: Call<E>) => Promise<void>,
): Route {
  return serve(definition, respond);
}

/** Ties an endpoint for machines, which does not look at who has signed in and needs no engine to know. */
export function handleOpen<E extends EndpointDefinition>(
  definition: E,
  respond: (call: Call<E>) => Promise<void>,
): Route {
  return serve(definition, respond, async () => visitor);
}

function serve<E extends EndpointDefinition>(
  definition: E,
  respond: (call: Call<E>) => Promise<void>,
  identify?: Authenticate,
): Route {
  return {
    definition,
    serve: (authenticate) => async (req, res) => {
      const member = await (identify ?? authenticate)(req);
      if (definition.asks !== 'anyone' && definition.asks === 'signed-in' && isVisitor(member))
        throw signInNeeded({});
      const language = preferredLanguage(req);
      const [params, query, body] = parse(definition, req, language);
      await respond({
        member,
        language,
        params: params as ParamsOf<E>,
        query: query as QueryOf<E>,
        body: body as BodyOf<E>,
        ifMatch: revisionIn(req.headers['if-match']),
        req,
        res,
      });
    },
  };
}

function successOf(definition: EndpointDefinition): [number, z.ZodType] {
  for (const [status, answer] of Object.entries(definition.answers)) {
    if (Number(status) < 400) return [Number(status), answer];
  }
  throw new Error(`${definition.method} ${definition.path} declares no successful answer`);
}

function isRevised(body: unknown): body is { revision: number } {
  return typeof body === 'object' && body !== null && 'revision' in body && typeof body.revision === 'number';
}

/** A strong or weak ETag of ours as a revision; `*` and what is not ours ask for nothing or can never match. */
function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const match = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(header);
  return match ? Number(match[1]) : -1;
}
