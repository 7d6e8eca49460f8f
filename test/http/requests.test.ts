import { beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, CLIENT_HEADER, type EndpointDefinition } from '../../server/http/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { draftOf } from './build-resource.ts';
import { ask, everyEndpoint, isObject, nameOf, smallest } from './every-endpoint.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

/** What any request must be, whichever endpoint it is for. */

let group: RunningGroup;
let endpoints: EndpointDefinition[];
beforeAll(async () => {
  endpoints = await everyEndpoint();
  group = await startGroup();
}, 120_000);

const ours = { [CLIENT_HEADER.name]: CLIENT_HEADER.value };

describe('a body of another content type', () => {
  const others = [
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'application/merge-patch+json',
    'application/octet-stream',
    undefined,
  ];

  /** Sends the bytes with exactly this type, or none. */
  const send = (path: string, method: string, type: string | undefined) =>
    ask(group.admin, path, {
      method,
      headers: { ...ours, ...(type !== undefined && { 'Content-Type': type }) },
      body: new TextEncoder().encode('{"title":"新标题"}'),
    });

  test.each(others)('(%s) is not taken for a change that was saved', async (type) => {
    const { id } = await draftOf(group.admin, { title: '原标题' });
    const answer = await send(`/api/resources/${id}`, 'PATCH', type);
    expect(answer.status).toBe(415);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: '/api/problems/http/wrong-content-type',
      wanted: 'application/json',
      detail: expect.stringContaining('Content-Type: application/json'),
    });
    const { body } = must(await group.admin.call(getResource, { params: { id } }));
    expect(body).toMatchObject({ title: '原标题', revision: 0 });
  });

  test('is refused by every endpoint that takes one, with the type that it wants', async () => {
    const taking = endpoints.filter(({ body, consumes }) => body !== undefined || consumes !== undefined);
    expect(taking.length).toBeGreaterThan(40);
    const answered: Record<string, unknown> = {};
    for (const endpoint of taking) {
      const params = endpoint.params ? smallest(endpoint.params) : {};
      const path = addressOf(endpoint, isObject(params) ? params : {}, {});
      const answer = await send(path, endpoint.method.toUpperCase(), 'text/x-other');
      const { wanted } = (await answer.json()) as { wanted?: string };
      answered[nameOf(endpoint)] = [answer.status, wanted];
    }
    expect(answered).toEqual(
      Object.fromEntries(
        taking.map((endpoint) => [nameOf(endpoint), [415, endpoint.consumes ?? 'application/json']]),
      ),
    );
  });

  test('is no matter where there is no byte of it', async () => {
    const { id } = await draftOf(group.admin);
    const answer = await group.admin.fetch(`/api/resources/${id}`, { method: 'PATCH', headers: ours });
    expect(answer.status).toBe(200);
  });
});
