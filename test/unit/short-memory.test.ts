import { expect, test } from '@jest/globals';
import { ShortMemory } from '../../server/short-memory.ts';

const counting = () => {
  let lookUps = 0;
  return { lookUp: async () => ++lookUps, count: () => lookUps };
};

test('many who ask at once share one lookup, and later ones ask again once it is too old', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 40, most: 10 });
  const { lookUp } = counting();
  expect(await Promise.all([memory.get('a', lookUp), memory.get('a', lookUp)])).toEqual([1, 1]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await memory.get('a', lookUp)).toBe(2);
});

test('a lookup that failed is not remembered', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 1000, most: 10 });
  await expect(memory.get('a', async () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await memory.get('a', async () => 7)).toBe(7);
});

test('it holds no more than it may, and forgets what is oldest', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 1000, most: 2 });
  const { lookUp, count } = counting();
  for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await memory.get(key, lookUp);
  expect(count()).toBe(4);
});

test('what is cleared while it is looked up is not remembered', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 1000, most: 2 });
  const { lookUp } = counting();
  const early = memory.get('a', lookUp);
  memory.clear();
  await early;
  expect(await memory.get('a', lookUp)).toBe(2);
});

test('who goes on asking never waits: it is looked up anew in the second half of its time, and then given', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 1000, most: 2 });
  let finish: (value: number) => void = () => {};
  const slow = () => new Promise<number>((resolve) => (finish = resolve));
  expect(await memory.get('a', async () => 1)).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 550));
  expect(await memory.get('a', slow)).toBe(1);
  finish(2);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await memory.get('a', async () => 3)).toBe(2);
});

test('what is cleared while it is looked up anew is not remembered, and a failure of that meets who asks later', async () => {
  const memory = new ShortMemory<number>({ milliseconds: 1000, most: 2 });
  for (const key of ['a', 'b']) await memory.get(key, async () => 1);
  await new Promise((resolve) => setTimeout(resolve, 550));
  expect(await memory.get('b', async () => Promise.reject(new Error('down')))).toBe(1);
  await memory.get('a', async () => 2);
  memory.clear();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await memory.get('a', async () => 3)).toBe(3);
  await expect(memory.get('b', async () => Promise.reject(new Error('down')))).rejects.toThrow('down');
});

test('what is steady stays the very same object until it is looked up as another', async () => {
  const memory = new ShortMemory<Map<string, number>>({ milliseconds: 20, most: 2, steady: true });
  let value = 1;
  const lookUp = async () => new Map([['a', value]]);
  const late = () => new Promise((resolve) => setTimeout(resolve, 30));
  const first = await memory.get('', lookUp);
  await late();
  expect(await memory.get('', lookUp)).toBe(first);
  value = 2;
  await late();
  expect(await memory.get('', lookUp)).toEqual(new Map([['a', 2]]));
});
