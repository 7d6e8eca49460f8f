import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Searcher } from '../../../storage/search/meilisearch/searcher.ts';
import { SearchUnavailable } from '../../../storage/search/search-index.ts';

/** What stands between us and the engine answers what it likes. */
let answer: { status: number; body: string | Buffer };
const server = createServer((_req, res) => res.writeHead(answer.status).end(answer.body));
let searcher: Searcher;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  searcher = new Searcher(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, undefined);
});
afterAll(() => {
  searcher.close();
  server.close();
});

const ask = () => searcher.ask([{ indexUid: 'resources', q: '数控' }]);

test('answers are read as they are', async () => {
  answer = { status: 200, body: JSON.stringify({ results: [{ hits: [{ title: '数控车床 CNC 🔧' }] }] }) };
  expect(await ask()).toEqual([{ hits: [{ title: '数控车床 CNC 🔧' }] }]);
});

test.each([
  ['in another encoding', { status: 502, body: Buffer.from('<h1>Passerelle défaillante</h1>', 'latin1') }],
  ['that is no JSON', { status: 200, body: '<h1>登录</h1>' }],
  ['that is empty', { status: 200, body: '' }],
])('an answer %s means that the engine is not to be had', async (_name, given) => {
  answer = given;
  await expect(ask()).rejects.toThrow(SearchUnavailable);
});

test('a connection that the engine closes as the next question leaves is not the end of it', async () => {
  answer = { status: 200, body: JSON.stringify({ results: [] }) };
  await ask();
  server.prependOnceListener('request', (req) => req.socket.destroy());
  expect(await ask()).toEqual([]);
});

test('an engine that has gone is not to be had', async () => {
  const gone = new Searcher('http://127.0.0.1:9', undefined);
  await expect(gone.ask([{ indexUid: 'resources' }])).rejects.toThrow(SearchUnavailable);
  gone.close();
});

test('an engine that answers drop by drop is not waited for any longer than one that is silent', async () => {
  const dripping = createServer((_req, res) => {
    const drops = setInterval(() => res.write(' '), 500);
    res.once('close', () => clearInterval(drops));
  });
  await new Promise<void>((done) => dripping.listen(0, '127.0.0.1', done));
  const slow = new Searcher(`http://127.0.0.1:${(dripping.address() as AddressInfo).port}`, undefined);
  await expect(slow.ask([{ indexUid: 'resources' }])).rejects.toThrow(/no answer within/);
  slow.close();
  dripping.close();
}, 30_000);
