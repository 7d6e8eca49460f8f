import type { z } from 'zod';
import { type EndpointDefinition, ProblemBody } from '../http/contract.ts';
import { answerKind, problemsOf, roomOf } from './endpoints.ts';
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
    responses: { ...answersOf(endpoint), ...refusalsOf(endpoint) },
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
  if (endpoint.method !== 'get' && answersRevision(endpoint)) {
    const description =
      'The revision that the caller has seen, as the ETag told it; 412 when it is not the newest.';
    found.push({ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' }, description });
  }
  return found;
}

function answersRevision(endpoint: EndpointDefinition): boolean {
  return Object.values(endpoint.answers).some(
    (answer) => jsonSchemaOf(answer, 'output').properties?.revision !== undefined,
  );
}

function bodyOf(body: z.ZodType, consumes: EndpointDefinition['consumes'] = 'application/json') {
  return { required: true, content: { [consumes]: { schema: jsonSchemaOf(body, 'input') } } };
}

function answersOf(endpoint: EndpointDefinition): Record<string, object> {
  return Object.fromEntries(
    Object.entries(endpoint.answers).map(([status, answer]) => {
      const content: Record<
        ReturnType<typeof answerKind>,
        { [type: string]: { schema: JsonSchema } } | undefined
      > = {
        nothing: undefined,
        bytes: { 'application/octet-stream': { schema: {} } },
        text: { 'text/plain': { schema: { type: 'string' } } },
        json: { 'application/json': { schema: jsonSchemaOf(answer, 'output') } },
      };
      const found = content[answerKind(answer)];
      return [status, { description: 'As asked.', ...(found && { content: found }) }];
    }),
  );
}

function refusalsOf(endpoint: EndpointDefinition): Record<string, object> {
  const byStatus = new Map<number, string[]>();
  for (const { type, status } of problemsOf(endpoint))
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  return Object.fromEntries(
    [...byStatus].map(([status, types]) => [
      String(status),
      {
        description: types.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
