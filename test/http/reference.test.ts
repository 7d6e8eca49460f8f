import { beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { docs, explainProblem, openApi } from '../../server/reference/contract.ts';
import { draftOf } from './build-resource.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';
import { operationOf, type Told, tenBytes, toldBy } from './told.ts';

let group: RunningGroup;
let told: Told;
beforeAll(async () => {
  group = await startGroup();
  told = await toldBy(group.visitor);
});

test('the API describes itself as valid OpenAPI 3.1, and every declared problem of an endpoint is explained', async () => {
  const document = must(await group.visitor.call(openApi)).body;
  expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  const page = String(must(await group.visitor.call(docs, { query: { language: 'en' } })).body);
  for (const [, type] of page.matchAll(/href="#problems\/([^"]+)"/g))
    expect(page).toContain(`id="problems/${type}"`);
});

test('the type of a problem leads to its place in the reference', async () => {
  const found = await group.visitor.fetch('/api/problems/http/invalid-request', { redirect: 'manual' });
  expect(found.headers.get('location')).toBe('/api/docs#problems/http/invalid-request');
  const unknown = await group.visitor.call(explainProblem, { params: { type: 'no/such' } });
  expect(unknown.status).toBe(404);
});

describe('of a request the reference tells', () => {
  test('which headers it needs: without any one of them nothing is uploaded', async () => {
    const needed = (name: string) =>
      operationOf(told, name)
        .parameters.filter((parameter) => parameter.in === 'header' && parameter.required)
        .map((parameter) => parameter.name);
    const without = (headers: Record<string, string>, name: string) =>
      Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
    const { admin } = group;
    const first = tenBytes((await draftOf(admin)).id, 'a.md');
    const begin = (headers: Record<string, string>) =>
      admin.fetch('/api/uploads', { method: 'POST', headers });

    expect(needed('POST /api/uploads')).toEqual(['Tus-Resumable', 'Upload-Length', 'Upload-Metadata']);
    for (const header of needed('POST /api/uploads'))
      expect((await begin(without(first, header))).status).toBeGreaterThanOrEqual(400);

    const location = (await begin(first)).headers.get('location') ?? '';
    const next = {
      'X-Courseyard': '1',
      'Tus-Resumable': '1.0.0',
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': '0',
    };
    const send = (headers: Record<string, string>) =>
      admin.fetch(location, { method: 'PATCH', headers, body: '0123456789' });
    expect(needed('PATCH /api/uploads/{id}')).toEqual(['Tus-Resumable', 'Upload-Offset']);
    for (const header of needed('PATCH /api/uploads/{id}'))
      expect((await send(without(next, header))).status).toBeGreaterThanOrEqual(400);
    expect((await send(next)).status).toBe(204);
  });

  test('what its body is: a form, bytes that may or must come, JSON', () => {
    const bodies = [
      'POST /api/resources/{id}/files',
      'POST /api/uploads',
      'PATCH /api/uploads/{id}',
      'POST /api/resources',
      'POST /api/resources/{id}/publish',
    ].map((name) => {
      const { required, content = {} } = operationOf(told, name).requestBody ?? {};
      return [name, Object.keys(content).join(), required];
    });
    expect(bodies).toEqual([
      ['POST /api/resources/{id}/files', 'multipart/form-data', true],
      ['POST /api/uploads', 'application/offset+octet-stream', false],
      ['PATCH /api/uploads/{id}', 'application/offset+octet-stream', true],
      ['POST /api/resources', 'application/json', true],
      ['POST /api/resources/{id}/publish', 'application/json', false],
    ]);
  });
});
