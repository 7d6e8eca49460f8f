import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../server/config.ts';
import { refuseBadHost, refuseForeignPages, securityHeaders } from '../../../server/http/index.ts';
import { listen } from './listen.ts';

/** Sends exactly these headers, also those that `fetch` reserves for browsers; gives the status. */
function send(url: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (res) => res.resume().once('end', () => resolve(res.statusCode)))
      .once('error', reject)
      .end();
  });
}

describe('a request that changes something', () => {
  const ours = { 'X-Courseyard': '1' };

  test.each<[string, Record<string, string>, number]>([
    ['from a program, which says nothing of its origin', {}, 200],
    ['from our own page', { ...ours, 'Sec-Fetch-Site': 'same-origin' }, 200],
    [
      'from our own page, but without our header, as a form would send it',
      { 'Sec-Fetch-Site': 'same-origin' },
      403,
    ],
    ['from another site', { ...ours, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, 403],
    [
      'from the content server, which is another port of ours',
      { ...ours, 'Sec-Fetch-Site': 'same-site' },
      403,
    ],
    ['from a sandboxed frame, whose origin is null', { ...ours, Origin: 'null' }, 403],
    ['from an old browser on another site', { ...ours, Origin: 'https://evil.example' }, 403],
    [
      'with a token, which no other site can know',
      { Authorization: 'Bearer x', Origin: 'https://lms.example' },
      200,
    ],
  ])('%s is answered as it should be', async (_, headers, status) => {
    const url = await listen(refuseForeignPages({ PUBLIC_URL: undefined }));
    expect(await send(url, 'POST', headers)).toBe(status);
  });

  test('from an old browser is measured by the public address when there is one', async () => {
    const url = await listen(refuseForeignPages({ PUBLIC_URL: 'https://yard.example/base' }));
    expect(await send(url, 'DELETE', { ...ours, Origin: 'https://yard.example' })).toBe(200);
    expect(await send(url, 'DELETE', { ...ours, Origin: url })).toBe(403);
  });

  test('is not mistaken for one that only reads, which may come from anywhere', async () => {
    const url = await listen(refuseForeignPages({ PUBLIC_URL: undefined }));
    expect(await send(url, 'GET', { 'Sec-Fetch-Site': 'cross-site' })).toBe(200);
  });
});

describe('the content security policy', () => {
  const policy = async (settings: Record<string, string>) => {
    const url = await listen(securityHeaders(readConfig(settings), () => 'http://yard.example:3001'));
    const { headers } = await fetch(url);
    const directives = (headers.get('content-security-policy') ?? '')
      .split(';')
      .map((part) => part.split(' '));
    return { headers, directives: Object.fromEntries(directives.map(([name, ...values]) => [name, values])) };
  };

  test('allows scripts from ourselves alone, and uploaded content only where it cannot run', async () => {
    const { directives } = await policy({});
    expect(directives['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives['object-src']).toEqual(["'none'"]);
    for (const where of ['img-src', 'media-src', 'frame-src', 'connect-src'])
      expect(directives[where]).toContain('http://yard.example:3001');
    expect(directives['script-src']).not.toContain('http://yard.example:3001');
  });

  test('names the object store when downloads are sent there', async () => {
    const s3 = {
      S3_ENDPOINT: 'https://s3.example/x',
      S3_BUCKET: 'yard',
      S3_ACCESS_KEY: 'a',
      S3_SECRET_KEY: 'b',
    };
    const { directives } = await policy({ ...s3, S3_DOWNLOADS: 'redirect' });
    expect(directives['media-src']).toContain('https://s3.example');
  });

  test('asks for https only where the product is reached by it', async () => {
    expect((await policy({})).headers.has('strict-transport-security')).toBe(false);
    const secure = await policy({ PUBLIC_URL: 'https://yard.example' });
    expect(secure.headers.has('strict-transport-security')).toBe(true);
    expect(secure.directives['upgrade-insecure-requests']).toBeDefined();
  });
});

describe('the host that a request names', () => {
  const asked = (given: string, headers: Record<string, string> = {}) =>
    listen(refuseBadHost).then((url) => send(url, 'GET', { ...headers, Host: given }));

  test.each(['yard.example', 'yard.example:3000', '192.168.1.8:3000', '[::1]:3000', 'xn--fiqs8s.example'])(
    '%s is one',
    async (given) => expect(await asked(given)).toBe(200),
  );

  test.each(['yard;x', 'a, b', "x' 'unsafe-inline", 'a b', '<script>'])('%s is none', async (given) =>
    expect(await asked(given)).toBe(400),
  );
});
