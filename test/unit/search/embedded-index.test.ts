import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Database from 'libsql';
import { ListColumn } from '../../../storage/search/embedded/columns.ts';
import { DocSet } from '../../../storage/search/embedded/doc-set.ts';
import { IndexStore } from '../../../storage/search/embedded/index-store.ts';
import { FieldLetters } from '../../../storage/search/embedded/packing.ts';
import { best, contenders, Scores } from '../../../storage/search/embedded/ranking.ts';
import { document, query, settings } from '../../contract/search-documents.ts';

test('values are counted as one by one, however many documents and values there are', () => {
  const anyDoc = fc.integer({ min: 1, max: 400 });
  const anyLists = fc.array(fc.tuple(anyDoc, fc.uniqueArray(fc.integer({ min: 0, max: 80 }).map(String))), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(anyLists, fc.uniqueArray(anyDoc), (lists, some) => {
      const column = new ListColumn();
      const held = new Map(lists);
      for (const [doc, values] of lists) column.set(doc, values);
      const docs = some.filter((doc) => held.has(doc)).sort((a, b) => a - b);
      const expected = new Map<string, number>();
      for (const doc of docs)
        for (const value of held.get(doc) ?? []) expected.set(value, (expected.get(value) ?? 0) + 1);
      const numbers = Uint32Array.from(docs);
      const counted = column.count({ docs: DocSet.of(numbers), numbers }, 401);
      expect(counted).toHaveLength(Math.min(60, expected.size));
      for (const { value, count } of counted) expect(count).toBe(expected.get(value));
      expect(counted.map(({ count }) => count)).toEqual(
        [...expected.values()].sort((a, b) => b - a).slice(0, 60),
      );
    }),
  );
});

test('documents keep their values when the lists of values become many', () => {
  const column = new ListColumn();
  const most = 70_000;
  for (let doc = 0; doc < most; doc++) column.set(doc, [String(doc), doc % 2 === 0 ? 'even' : 'odd']);
  expect(column.having(['even'], most).size).toBe(most / 2);
  for (const doc of [1, 255, 256, 65_535, 65_536, most - 1])
    expect([...column.having([String(doc)], most).numbers()]).toEqual([doc]);
});

test('sets, few or many, tell what is in so many of them, and whether two meet, as looking one by one does', () => {
  const anyNumbers = fc.oneof(
    fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 150 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 20 }),
  );
  const setOf = (numbers: readonly number[]) =>
    DocSet.of(Uint32Array.from([...numbers].sort((a, b) => a - b)));
  fc.assert(
    fc.property(fc.array(anyNumbers, { minLength: 1, maxLength: 7 }), (lists) => {
      const sets = lists.map(setOf);
      const times = new Map<number, number>();
      for (const doc of lists.flat()) times.set(doc, (times.get(doc) ?? 0) + 1);
      const expected = lists.map((_, before) =>
        [...times]
          .filter(([, n]) => n > before)
          .map(([doc]) => doc)
          .sort((a, b) => a - b),
      );
      expect(DocSet.byCount(1, sets).map((set) => [...set.numbers()])).toEqual(expected);
      expect(DocSet.byCount(2, sets).map(({ size }) => size)).toEqual(
        expected.slice(1).map(({ length }) => length),
      );
      expect(DocSet.byCount(sets.length + 1, sets)).toEqual([]);
      expect([...DocSet.inAll(sets).numbers()]).toEqual(expected.at(-1));
      const [first = [], second = []] = lists;
      expect(setOf(first).meets(setOf(second))).toBe(first.some((doc) => second.includes(doc)));
    }),
  );
});

test('what documents earn is summed up in the same way for few and for many', () => {
  const anySet = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 600 });
  const anyMatches = fc.array(anySet, { maxLength: 4 });
  const setOf = (numbers: number[]) => DocSet.of(Uint32Array.from(numbers.sort((a, b) => a - b)));
  const scores = new Scores(new Map());
  fc.assert(
    fc.property(anySet, fc.array(anyMatches, { maxLength: 3 }), anySet, (some, words, lifted) => {
      const docs = setOf(some);
      // All equally rare, so that each has the same share.
      const groups = words.map((matches) => ({
        docs: DocSet.empty,
        matches: matches.map((each, at) => ({ docs: setOf(each), weight: 8 - at, inPassages: false })),
      }));
      const lifts = [{ docs: setOf(lifted), by: 3 }];
      const found = { docs, numbers: docs.numbers() };
      const total = scores.of(found, groups, lifts, DocSet.empty, 1000, 0);
      for (const doc of some) {
        let expected = lifted.includes(doc) ? 3 : 0;
        for (const { matches } of groups)
          matches
            .filter((match) => match.docs.has(doc))
            .forEach(({ weight }, at) => {
              expected += at === 0 ? 1000 + weight / groups.length : (weight / groups.length) * 0.05;
            });
        expect(total[doc]).toBeCloseTo(expected, 6);
      }
    }),
  );
});

test('a page is the same when those that match too few words to be on it are left out', () => {
  const anySet = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 60 });
  const setOf = (numbers: number[]) => DocSet.of(Uint32Array.from(numbers.sort((a, b) => a - b)));
  const anyWords = fc.array(anySet, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(anyWords, fc.nat(4), anySet, fc.nat(9), (words, leastButOne, filtered, places) => {
      const levels = DocSet.byCount(leastButOne + 1, words.map(setOf));
      if (levels.length === 0) return;
      const found = (levels[0] as DocSet).and(setOf(filtered));
      const scores = new Float64Array(100).fill(0);
      for (const doc of found.numbers())
        scores[doc] = words.filter((each) => each.includes(doc)).length * 1000 + ((doc * 7) % 10);
      const ranked = best(found.numbers(), scores, 100);
      for (const after of [undefined, ...ranked]) {
        const some = contenders(found, levels, words.length, places + 1, after);
        expect(best(some.numbers(), scores, places + 1, after)).toEqual(
          best(found.numbers(), scores, places + 1, after),
        );
      }
    }),
  );
});

test('documents whose words stay as they are leave the postings as they are, those that change are joined soon', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  const store = new IndexStore(join(folder, 'index.db'), settings);
  const letters = new FieldLetters(settings.fields);
  const texts = (title: string, uses: number, from = 0, to = 600) =>
    Array.from({ length: to - from }, (_, n) =>
      letters.pack({ ...document(`d${from + n}`, { title }), numbers: { uses } }),
    );
  const tidy = () => {
    let steps = 0;
    while (store.tidy()) steps++;
    return steps;
  };
  const found = (term: string) => {
    const asked = query([{ any: [{ terms: [term], weight: 1 }] }]);
    const buckets = { uses: [{ to: 5 }, { from: 5 }] };
    const { total, buckets: counted } = store.search({
      audience: ['public'],
      query: asked,
      limit: 1,
      now: 0,
      buckets,
    });
    return [total, ...(counted.uses ?? [])];
  };
  store.apply(texts('old', 1), []);
  expect(tidy()).toBeGreaterThan(0);
  store.apply(texts('old', 7), []);
  expect(tidy()).toBe(0);
  expect(found('old')).toEqual([600, 0, 600]);
  store.apply(texts('new', 1, 0, 50), []);
  expect(tidy()).toBe(0);
  store.apply(texts('new', 1, 50, 100), ['d599']);
  expect(tidy()).toBeGreaterThan(0);
  expect([found('old'), found('new')]).toEqual([
    [499, 0, 499],
    [100, 100, 0],
  ]);
  store.close();
  await rm(folder, { recursive: true });
});

test('a few changes of a large index are joined among themselves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  const file = join(folder, 'index.db');
  const store = new IndexStore(file, settings);
  const letters = new FieldLetters(settings.fields);
  const titled = (n: number, title: string) => letters.pack(document(`d${n}`, { title }));
  const parts = new Database(file).prepare('SELECT count(DISTINCT segid) AS parts FROM postings_idx');
  const tidied = () => {
    while (store.tidy());
    return (parts.get() as { parts: number }).parts;
  };
  for (let from = 0; from < 600; from += 100)
    store.apply(
      Array.from({ length: 100 }, (_, n) => titled(from + n, `old ${from + n}${'-'.repeat(500)}`)),
      [],
    );
  expect(tidied()).toBe(1);
  for (let n = 0; n < 7; n++) store.apply([titled(n, 'new')], []);
  expect(tidied()).toBe(2);
  for (const [term, total] of [
    ['old', 593],
    ['new', 7],
  ] as const) {
    const asked = query([{ any: [{ terms: [term], weight: 1 }] }]);
    expect(store.search({ audience: ['public'], query: asked, limit: 1, now: 0 }).total).toBe(total);
  }
  store.close();
  await rm(folder, { recursive: true });
});

test('tidying an index step by step ends, and everything is found as before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  const store = new IndexStore(join(folder, 'index.db'), settings);
  const letters = new FieldLetters(settings.fields);
  const titled = (id: string, title: string) => letters.pack(document(id, { title }));
  const texts = Array.from({ length: 600 }, (_, n) => titled(`d${n}`, `t${n % 7} all`));
  for (let at = 0; at < texts.length; at += 20) store.apply(texts.slice(at, at + 20), []);
  store.apply([], ['d0']);
  let steps = 0;
  while (store.tidy() && steps < 1000) steps++;
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(1000);
  store.apply([titled('d1', 'other')], []);
  expect(store.tidy()).toBe(false);
  store.close();

  const again = new IndexStore(join(folder, 'index.db'), settings);
  const found = (term: string) =>
    again.search({
      audience: ['public'],
      query: query([{ any: [{ terms: [term], weight: 1 }] }]),
      limit: 1,
      now: 0,
    }).total;
  expect([found('all'), found('t3'), found('other')]).toEqual([598, 86, 1]);
  again.close();
  await rm(folder, { recursive: true });
});
