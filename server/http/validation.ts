import type { Request } from 'express';
import { z } from 'zod';
import type { EndpointDefinition, Language } from './contract.ts';
import { invalidRequest, wrongContentType } from './problems.ts';
import { ownSentence, sentenceFor } from './sentences.ts';

/** An endpoint that declares no query takes none: a parameter that nobody reads is a mistake of who sent it. */
const noQuery = z.strictObject({});

type Fault = { in: string; field: string; message: string };

/**
 * Parses what came in by the endpoint's contract.
 * @throws invalidRequest that names every field at fault, in the language of the answer; wrongContentType
 */
export function parse(
  definition: EndpointDefinition,
  req: Request,
  language: Language,
): [unknown, unknown, unknown] {
  const faults: Fault[] = [];
  const { consumes = 'application/json' } = definition;
  const takesBody = definition.body !== undefined || definition.consumes !== undefined;
  // A body of another type is read by nobody: to go on would be to answer that it was saved.
  if (takesBody && hasBody(req) && !req.is(consumes)) throw wrongContentType({ wanted: consumes });
  const isJson = consumes === 'application/json';
  const params = read('params', definition.params, flattened(req.params));
  const query = read('query', definition.query ?? noQuery, req.query);
  const body = isJson ? read('body', definition.body, req.body ?? {}) : undefined;
  if (faults.length > 0) throw invalidRequest({ errors: faults });
  return [params, query, body];

  function read(part: string, shape: z.ZodType | undefined, value: unknown): unknown {
    if (!shape) return undefined;
    const result = shape.safeParse(value, { error: (issue) => sentenceFor(issue, language) });
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues.flatMap(leaves))
      faults.push({
        in: part,
        field: asSent(path, value).join('.'),
        message: ownSentence(message, language) ?? message,
      });
    return undefined;
  }
}

/** Where a fault is in what was sent: a parameter that may be repeated and was not is no list to who sent it. */
function asSent(path: Leaf['path'], value: unknown): Leaf['path'] {
  let inside = value;
  for (const [depth, key] of path.entries()) {
    if (typeof key === 'number' && !Array.isArray(inside)) return path.slice(0, depth);
    inside = (inside as Record<PropertyKey, unknown> | undefined)?.[key];
  }
  return path;
}

/** Whether there is a byte to read; an empty body needs no type. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

type Leaf = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** An issue by the fields at fault. Of several shapes that a value may have, the one that it misses least is meant. */
function leaves(issue: z.core.$ZodIssue): Leaf[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message }));
  if (issue.code !== 'invalid_union') return [{ path, message }];
  const [meant] = issue.errors.map((some) => some.flatMap(leaves)).sort((a, b) => a.length - b.length);
  return meant?.map((leaf) => ({ ...leaf, path: [...path, ...leaf.path] })) ?? [{ path, message }];
}

/** A wildcard parameter arrives as a list of segments. */
function flattened(params: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]),
  );
}
