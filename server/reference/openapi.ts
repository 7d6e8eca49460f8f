import type { z } from 'zod';
import { type EndpointDefinition, type HeaderUse, ProblemBody } from '../http/contract.ts';
import { answersOf, bodyKind, headersOf, mediaTypeOf, needsBody, refusalsOf, roomOf } from './endpoints.ts';
import { usesOf } from './headers.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

/** What the description tells of the instance that gives it. */
export interface Instance {
  version: string;
  sessionCookie: string;
}

/** The API as an OpenAPI 3.1 document, made from the contracts, in English. */
export function openApiOf(endpoints: readonly EndpointDefinition[], { version, sessionCookie }: Instance) {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    // OpenAPI has no parameter of several segments: `{path+}` is described as `{path}`.
    const path = endpoint.path.replace(/\+\}/g, '}');
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Courseyard',
      version,
      description: 'The shared teaching-resource repository of a vocational-education group.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(roomOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'Set by POST /api/auth/sign-in/email.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'Made by a member at POST /api/me/tokens.' },
      },
      schemas: { Problem: jsonSchemaOf(ProblemBody, 'output') },
    },
  };
}

function operationOf(endpoint: EndpointDefinition) {
  const { asks } = endpoint;
  return {
    operationId: operationIdOf(endpoint),
    summary: endpoint.summary.en,
    tags: [roomOf(endpoint)],
    parameters: parametersOf(endpoint),
    ...(endpoint.body && { requestBody: bodyOf(endpoint.body, endpoint.consumes) }),
    responses: responsesOf(endpoint),
    security: asks === 'anyone' ? [{}, { session: [] }, { token: [] }] : [{ session: [] }, { token: [] }],
    ...(typeof asks === 'object' && { 'x-asks': asks }),
  };
}

/** Unique, and stable as long as the address is: `patch-api-collections-id`. */
function operationIdOf({ method, path }: EndpointDefinition): string {
  return `${method}-${path.split(/\W+/).filter(Boolean).join('-')}`;
}

function parametersOf(endpoint: EndpointDefinition): object[] {
  const query = endpoint.query ? jsonSchemaOf(endpoint.query, 'input') : {};
  const params = endpoint.params ? jsonSchemaOf(endpoint.params, 'input') : {};
  const found: object[] = [];
  for (const [name, schema] of Object.entries(params.properties ?? {}))
    found.push({ name, in: 'path', required: true, schema });
  for (const [name, schema] of Object.entries(query.properties ?? {})) {
    // A list that is left out is an empty one.
    const required = (query.required ?? []).includes(name) && schema.type !== 'array';
    found.push({ name, in: 'query', required, schema });
  }
  for (const { name, isAlways, says, schema } of usesOf(headersOf(endpoint)))
    found.push({ name, in: 'header', required: isAlways, schema, description: says.en });
  return found;
}

function bodyOf(body: z.ZodType, consumes: EndpointDefinition['consumes'] = 'application/json') {
  // Of bare bytes the media type says everything.
  const content = bodyKind(body) === 'bytes' ? {} : { schema: jsonSchemaOf(body, 'input') };
  return { required: needsBody(body), content: { [consumes]: content } };
}

function responsesOf(endpoint: EndpointDefinition): Record<string, object> {
  const responses: Record<string, object> = {};
  for (const { status, body, headers } of answersOf(endpoint))
    responses[status] = responseOf(endpoint, 'As asked.', headers, contentOf(body));
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const { status, types, headers } of refusalsOf(endpoint))
    responses[status] = responseOf(endpoint, types.join(', '), headers, problem);
  return responses;
}

function responseOf(
  { method }: EndpointDefinition,
  description: string,
  use: HeaderUse,
  content: Content | undefined,
): object {
  const headers = usesOf(use).map(({ name, isAlways, says, schema }) => [
    name,
    { description: says.en, required: isAlways, schema },
  ]);
  return {
    description,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(content && method !== 'head' && { content }),
  };
}

type Content = Record<string, { schema?: JsonSchema }>;

function contentOf(body: z.ZodType): Content | undefined {
  const mediaType = mediaTypeOf(body);
  if (mediaType === undefined) return undefined;
  const kind = bodyKind(body);
  const schema: JsonSchema = kind === 'json' ? jsonSchemaOf(body, 'output') : { type: 'string' };
  return { [mediaType]: kind === 'bytes' ? {} : { schema } };
}
