import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { EndpointDefinition } from '../../server/http/contract.ts';
import type { Caller } from './start-app.ts';

/** Every endpoint that a contract declares, found in the files themselves, so that a new one is never forgotten. */
export async function everyEndpoint(): Promise<EndpointDefinition[]> {
  const server = fileURLToPath(new URL('../../server', import.meta.url));
  const files = (await readdir(server, { recursive: true })).filter((file) =>
    /[\\/]contract\.js$/.test(file),
  );
  const found = new Map<string, EndpointDefinition>();
  for (const file of files.sort()) collect(await import(pathToFileURL(join(server, file)).href), found);
  return [...found.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

/** Asks; once more when the server had just closed the idle connection that the question was sent on. */
export async function ask(by: Caller, path: string, init: RequestInit): Promise<Response> {
  try {
    return await by.fetch(path, init);
  } catch {
    return by.fetch(path, init);
  }
}

/** An endpoint as people say it: `GET /api/resources/{id}`. */
export const nameOf = ({ method, path }: EndpointDefinition): string => `${method.toUpperCase()} ${path}`;

/** The names of the parameters in the path. */
export const parametersOf = ({ path }: EndpointDefinition): string[] =>
  [...path.matchAll(/\{(\w+)\+?\}/g)].flatMap(([, name]) => name ?? []);

function collect(value: unknown, into: Map<string, EndpointDefinition>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || '_zod' in value) return;
  if (isEndpoint(value)) into.set(nameOf(value), value);
  else for (const part of Object.values(value)) collect(part, into);
}

const isEndpoint = (value: object): value is EndpointDefinition =>
  'method' in value && 'path' in value && 'asks' in value && 'answers' in value;

/** Texts that fit the patterns of our contracts. */
const fitting = [
  '0123456789abcdef01234567',
  'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  'basics',
  'zh-CN',
  'sample',
  'A'.repeat(43),
  'a'.repeat(64),
];

const schemas = new WeakMap<z.ZodType, Schema>();
const fullestOf = new WeakMap<z.ZodType, unknown>();

/** The JSON schema of what a caller sends. */
export function schemaOf(shape: z.ZodType): Schema {
  const known = schemas.get(shape);
  if (known) return known;
  const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema;
  schemas.set(shape, schema);
  return schema;
}

export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  pattern?: string;
  format?: string;
}

/**
 * The smallest value that a contract accepts.
 * @throws when it finds none: then the test that asks has to be given one
 */
export function smallest(shape: z.ZodType, given: Record<string, unknown> = {}): unknown {
  const value = made(shape, false);
  const sample = isObject(value) ? { ...value, ...given } : value;
  const result = shape.safeParse(sample);
  if (!result.success)
    throw new Error(`Give this test a sample: ${JSON.stringify(sample)} is refused: ${result.error.message}`);
  return sample;
}

/** A value with every field that a contract knows, as far as they go together; otherwise the smallest. */
export function fullest(shape: z.ZodType): unknown {
  const known = fullestOf.get(shape);
  if (known !== undefined) return known;
  const value = made(shape, true);
  const taken = shape.safeParse(value).success ? value : smallest(shape);
  fullestOf.set(shape, taken);
  return taken;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const made = (shape: z.ZodType, full: boolean) => make(schemaOf(shape), '', full);

function make(schema: Schema, name: string, full: boolean): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.allOf ?? [];
  if (first) return make(first, name, full);
  switch (schema.type) {
    case 'object': {
      const names = full ? Object.keys(schema.properties ?? {}) : (schema.required ?? []);
      return Object.fromEntries(names.map((one) => [one, make(schema.properties?.[one] ?? {}, one, full)]));
    }
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, full ? 1 : 0) }, () =>
        make(schema.items ?? {}, name, full),
      );
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return text(schema, name);
  }
}

function text({ format, pattern }: Schema, name: string): string {
  if (format === 'email' || name === 'email') return 'somebody@example.org';
  if (format === 'date') return '2026-03-01';
  if (name === 'isbn') return '9787111122333';
  if (pattern === undefined) return 'sample';
  return fitting.find((sample) => new RegExp(pattern, 'u').test(sample)) ?? 'sample';
}
