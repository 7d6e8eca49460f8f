import { describe, expect, test } from '@jest/globals';
import { openApiOf } from '../../../server/reference/openapi.ts';
import { endpoints } from './boxes.ts';

describe('the OpenAPI document', () => {
  const { paths } = openApiOf(endpoints, { version: '1.0.0', sessionCookie: 'session' });
  interface Operation {
    parameters?: { name: string; required: boolean }[];
    responses?: Record<string, { content?: object; headers?: Record<string, { required: boolean }> }>;
  }
  const operation = (path: string, method: string): Operation => paths[path]?.[method] ?? {};

  test('gives what is sent with the bounds that hold after trimming', () => {
    expect(paths['/api/boxes/{id}/files/{path}']?.patch).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: {
              properties: { title: { type: 'string', minLength: 1, maxLength: 80 } },
              required: ['title'],
            },
          },
        },
      },
    });
  });

  test('gives moments as date-time, and If-Match where somebody may have changed it meanwhile', () => {
    expect(paths['/api/boxes/{id}/files/{path}']?.patch).toMatchObject({
      responses: {
        200: {
          content: { 'application/json': { schema: { properties: { changedAt: { format: 'date-time' } } } } },
        },
      },
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'If-Match', in: 'header' })]),
    });
  });

  test('requires no query parameter that has a standard value or is a list', () => {
    const { parameters = [] } = operation('/api/boxes', 'get');
    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['limit', false],
      ['cursor', false],
      ['kind', false],
    ]);
  });

  test('answers nothing with 204, and names refusals by status', () => {
    const { responses = {} } = operation('/api/boxes/{id}', 'delete');
    expect(responses['204']).not.toHaveProperty('content');
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500']));
  });

  const headersOf = (path: string, method: string, status: number) =>
    Object.keys(operation(path, method).responses?.[status]?.headers ?? {});

  test('tells the headers that follow: of a revision, a redirect, ranges, of having to sign in and to wait', () => {
    expect(headersOf('/api/boxes/{id}/files/{path}', 'patch', 200)).toEqual(['ETag']);
    expect(headersOf('/api/boxes/{id}', 'delete', 401)).toEqual(['WWW-Authenticate']);
    expect(headersOf('/api/boxes/{id}', 'delete', 429)).toEqual(['Retry-After']);
    expect(headersOf('/api/boxes/{id}.zip', 'get', 302)).toEqual(['Location']);
    const whole = ['ETag', 'Accept-Ranges', 'Content-Disposition'];
    expect(headersOf('/api/boxes/{id}.zip', 'get', 200)).toEqual(whole);
    expect(headersOf('/api/boxes/{id}.zip', 'get', 206)).toEqual([...whole, 'Content-Range']);
    expect(headersOf('/api/boxes/{id}.zip', 'get', 304)).toEqual(whole);
    expect(headersOf('/api/boxes/{id}.zip', 'get', 416)).toEqual(['Content-Range']);
    const { parameters = [] } = operation('/api/boxes/{id}.zip', 'get');
    expect(parameters.map(({ name }) => name)).toEqual(['id', 'If-None-Match', 'Range', 'If-Range']);
  });

  test('tells the headers that a contract names, and a form with its files', () => {
    expect(headersOf('/api/boxes/{id}/files', 'post', 201)).toEqual(['Location']);
    expect(operation('/api/boxes/{id}/files', 'post')).toMatchObject({
      parameters: [{ name: 'id' }, { name: 'Upload-Checksum', in: 'header', required: false }],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              properties: {
                files: { items: { type: 'string', contentMediaType: 'application/octet-stream' } },
              },
            },
          },
        },
      },
    });
  });

  test('does not say of HEAD that it has a body or is refused to other sites', () => {
    const { responses = {} } = operation('/api/boxes/{id}', 'head');
    expect(Object.keys(responses)).toEqual(['200', '400', '401', '500']);
    for (const response of Object.values(responses)) expect(response).not.toHaveProperty('content');
  });
});
