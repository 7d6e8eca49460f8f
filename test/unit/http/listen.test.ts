import { expect, test } from '@jest/globals';
import { listen } from '../../../server/listen.ts';

test('a connection rests longer than the minute for which proxies keep theirs', async () => {
  const { port, close } = await listen((_req, res) => res.end('here'), 0, '127.0.0.1');
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([await answer.text(), answer.headers.get('keep-alive')]).toEqual(['here', 'timeout=65']);
  await close();
});
