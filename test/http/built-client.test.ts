import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openFile } from '../../server/content/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { pageAddresses } from '../../server/pages/contract.ts';
import { type OnTheWire, onTheWire } from '../wire.ts';
import { draftOf, publishedBy, upload } from './build-resource.ts';
import { type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** What the product sends of its own: pages, scripts, decoders, descriptions; compressed to who reads that. */

let group: RunningGroup;
let author: SignedIn;
beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
}, 120_000);

const browser = { Accept: 'text/html,*/*;q=0.8', 'Accept-Encoding': 'gzip, deflate, br, zstd' };
const onHttp = { ...browser, 'Accept-Encoding': 'gzip, deflate' };
const reads = { br: brotliDecompressSync, gzip: gunzipSync };

/** The first script that the page names. */
async function script(): Promise<string> {
  const page = (await onTheWire(`${group.url}/`, { Accept: 'text/html' })).bytes.toString();
  return group.url + (/src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '/none');
}

describe('what is sent compressed', () => {
  const places: [what: string, address: () => Promise<string>, type: string][] = [
    ['the page', async () => `${group.url}/`, 'text/html; charset=utf-8'],
    ['its scripts', script, 'text/javascript; charset=utf-8'],
    ['decoders', async () => `${group.url}/viewers/gltf/draco/draco_decoder.wasm`, 'application/wasm'],
    ['the players of packages', async () => `${group.contentUrl}/player/scorm12.js`, 'text/javascript'],
    ['the description of the API', async () => `${group.url}/api/openapi.json`, 'application/json'],
    ['the reference', async () => `${group.url}/api/docs`, 'text/html; charset=utf-8'],
    [
      'the page of a resource that tells of it in its head',
      async () => {
        const audience = { scope: 'public' } as const;
        return `${group.url}/resources/${(await publishedBy(author, group.admin, { audience })).id}`;
      },
      'text/html; charset=utf-8',
    ],
  ];

  test.each(places)('%s: the same bytes, as the caller reads them', async (_, address, type) => {
    const at = await address();
    const plain = await onTheWire(at, { Accept: '*/*' });
    expect(plain.status).toBe(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const forms: OnTheWire[] = [plain];
    for (const [encoding, asked] of [
      ['br', browser],
      ['gzip', onHttp],
    ] as const) {
      const packed = await onTheWire(at, asked);
      expect(packed.headers).toMatchObject({
        'content-encoding': encoding,
        'content-type': expect.stringContaining(type),
        'content-length': String(packed.bytes.length),
        'cache-control': plain.headers['cache-control'],
      });
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length * 0.6);
      expect(reads[encoding](packed.bytes).equals(plain.bytes)).toBe(true);
      forms.push(packed);
    }
    for (const { headers } of forms) expect(headers.vary).toMatch(/\bAccept-Encoding\b/);
    expect(new Set(forms.map(({ headers }) => headers.etag)).size).toBe(3);
  });

  test.each(['identity', 'br;q=0, gzip;q=0', 'deflate', ''])('not to who accepts "%s"', async (accepted) => {
    const answer = await onTheWire(await script(), { 'Accept-Encoding': accepted });
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test('scripts with a hash in their name are kept for ever, the page is asked for anew', async () => {
    expect((await onTheWire(await script(), browser)).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await onTheWire(`${group.url}/`, browser)).headers['cache-control']).toBe('no-cache');
  });

  test('HEAD tells what GET would send, and sends nothing', async () => {
    const at = await script();
    const whole = await onTheWire(at, browser);
    const head = await onTheWire(at, browser, 'HEAD');
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    for (const name of ['content-length', 'content-encoding', 'etag', 'vary', 'content-type'])
      expect([name, head.headers[name]]).toEqual([name, whole.headers[name]]);
  });

  test('whoever has it already is told so, for the form that they have', async () => {
    for (const at of [await script(), `${group.url}/`, `${group.url}/api/docs`]) {
      const { headers } = await onTheWire(at, browser);
      const again = await onTheWire(at, { ...browser, 'If-None-Match': headers.etag ?? '' });
      expect([again.status, again.bytes.length, again.headers.vary]).toEqual([304, 0, headers.vary]);
      const other = await onTheWire(at, { ...onHttp, 'If-None-Match': headers.etag ?? '' });
      expect([other.status, other.headers['content-encoding']]).toEqual([200, 'gzip']);
    }
  });

  test('a range is one of the form that is sent, and one outside is refused in words', async () => {
    const at = await script();
    const whole = await onTheWire(at, browser);
    const part = await onTheWire(at, { ...browser, Range: 'bytes=100-199' });
    expect([part.status, part.headers['content-encoding']]).toEqual([206, 'br']);
    expect(part.headers['content-range']).toBe(`bytes 100-199/${whole.bytes.length}`);
    expect(part.bytes.equals(whole.bytes.subarray(100, 200))).toBe(true);
    const outside = await onTheWire(at, { ...browser, Range: 'bytes=99999999-' });
    expect(outside.status).toBe(416);
    expect(outside.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(outside.bytes.toString()).type).toBe('/api/problems/http/range-outside');
  });
});

test('what members have uploaded comes as it is', async () => {
  const { id } = await draftOf(author);
  await upload(author, id, '工作页.md', '对刀 '.repeat(5000));
  const opened = await author.fetch(addressOf(openFile, { id, version: 'draft', path: '工作页.md' }, {}), {
    redirect: 'manual',
  });
  const answer = await onTheWire(opened.headers.get('location') ?? '', browser);
  expect([answer.status, answer.headers['content-encoding']]).toEqual([200, undefined]);
  expect(answer.bytes.toString()).toBe('对刀 '.repeat(5000));
});

test('nothing but what was built is handed out', async () => {
  for (const path of [
    '/.files.json',
    '/.vite/manifest.json',
    '/index.html.br',
    '/assets/../.files.json',
    '/%2e%2e/',
  ])
    expect([path, (await onTheWire(group.url + path, { Accept: 'application/json' })).status]).toEqual([
      path,
      404,
    ]);
});

test('every page of the client is there, and at other addresses the page says so as 404', async () => {
  const statusAt = async (path: string) =>
    (await onTheWire(group.url + path, { Accept: 'text/html' })).status;
  for (const address of Object.values(pageAddresses)) {
    const path = address.replaceAll(/:\w+/g, '1');
    expect([path, await statusAt(path)]).toEqual([path, 200]);
  }
  expect([await statusAt('/mine/'), await statusAt('/search?q=PLC')]).toEqual([200, 200]);
  const page = (await onTheWire(`${group.url}/`, { Accept: 'text/html' })).bytes;
  for (const path of ['/nowhere', '/resources', '/resources/1/nothing', '/index.php']) {
    const { status, headers, bytes } = await onTheWire(group.url + path, browser);
    expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([
      path,
      404,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(bytes.equals(page)).toBe(true);
  }
});

test('a script of an earlier version, which an open page may ask for, is not found', async () => {
  for (const Accept of ['*/*', browser.Accept]) {
    const { status, headers } = await onTheWire(`${group.url}/assets/viewer-0ldH4sh.js`, { Accept });
    expect([status, headers['content-type']]).toEqual([404, expect.stringContaining('problem+json')]);
  }
});
