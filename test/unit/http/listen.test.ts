import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import express from 'express';
import { listen } from '../../../server/listen.ts';

test('a connection rests longer than the minute for which proxies keep theirs', async () => {
  const { port, close } = await listen(
    express().use((_req, res) => void res.end('here')),
    0,
    '127.0.0.1',
  );
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([await answer.text(), answer.headers.get('keep-alive')]).toEqual(['here', 'timeout=65']);
  await close();
});

test('requests and responses are made with the prototypes that the application gives them', async () => {
  const app = express().use((req, res) => void res.json({ path: req.path, app: req.app === app }));
  const { port, close } = await listen(app, 0, '127.0.0.1');
  const made: boolean[] = [];
  const handle: RequestListener = Reflect.get(app, 'handle').bind(app);
  const handleSeen: RequestListener = (req, res) => {
    made.push(Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response);
    handle(req, res);
  };
  Reflect.set(app, 'handle', handleSeen);
  const answer = await fetch(`http://127.0.0.1:${port}/here`);
  expect([await answer.json(), made]).toEqual([{ path: '/here', app: true }, [true, true]]);
  await close();
});

test('bytes that are no request are not answered in the middle of another answer', async () => {
  const { port, close } = await listen(
    express().use((_req, res) => {
      res.write('begun');
    }),
    0,
    '127.0.0.1',
  );
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: yard\r\n\r\n'));
  socket.once('data', () => socket.write('nonsense\r\n\r\n'));
  const all = await text(socket);
  expect(all.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  await close();
});
