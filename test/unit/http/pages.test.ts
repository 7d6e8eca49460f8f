import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { visitor } from '../../../server/access/index.ts';
import { endpoint, pageOf } from '../../../server/http/contract.ts';
import { handlePage, ReadyItem } from '../../../server/http/index.ts';
import { listen } from './listen.ts';

const Tool = z.object({ name: z.string(), teeth: z.number().int() });
const definition = endpoint({
  method: 'get',
  path: '/api/tools',
  summary: { 'zh-CN': '试验。', en: 'For this test.' },
  asks: 'anyone',
  answers: { 200: pageOf(Tool) },
});

type Given = { items: ({ name: string; teeth: number } | ReadyItem)[]; next?: string | ReadyItem };

async function answerWith(given: () => Given): Promise<Response> {
  const { serve } = handlePage(definition, async () => given());
  return fetch(await listen(serve(async () => visitor)));
}

const cutter = { name: '铣刀', teeth: 4, price: 120 };

test('a page holds what its contract names and no more, whether its items are ready or not', async () => {
  const answer = await answerWith(() => ({
    items: [ReadyItem.of(Tool, cutter), cutter],
    next: 'more',
    ...{ found: 2 },
  }));
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const item = { name: '铣刀', teeth: 4 };
  expect(await answer.json()).toEqual({ items: [item, item], next: 'more' });
});

test('what stands beside the items may be ready, too', async () => {
  const next = ReadyItem.written(definition.answers[200].shape.next, '"more"');
  expect(await (await answerWith(() => ({ items: [], next }))).json()).toEqual({ items: [], next: 'more' });
});

test('an empty page is one too', async () => {
  expect(await (await answerWith(() => ({ items: [] }))).json()).toEqual({ items: [] });
});

test('an item that was made ready for another answer does not leave the server', async () => {
  const secret = ReadyItem.of(z.object({ price: z.number() }), cutter);
  const answer = await answerWith(() => ({ items: [secret] }));
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('120')]);
});
