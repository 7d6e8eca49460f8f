import { afterEach, describe, expect, test } from '@jest/globals';
import type {
  Alternative,
  Attempt,
  Group,
  SearchAnswer,
  SearchEngine,
  SearchIndex,
} from '../../storage/search/search-index.ts';
import { day, document, find, ids, now, query, settings, word } from './search-documents.ts';

type Check = (index: SearchIndex, engine: SearchEngine) => Promise<void>;

const promises = {
  'a document is found by a term as soon as apply is done, and its stored text comes back as it was': async (
    index,
  ) => {
    await index.apply({ put: [document('a', { title: '数控 车床' }, { stored: '{"题":"数控"}' })] });
    const answer = await find(index, '车床');
    expect(answer).toMatchObject({ total: 1, hits: [{ id: 'a', stored: '{"题":"数控"}' }] });
  },

  'terms with signs are kept apart: =车工 is not 车工, s7-1200 is one term': async (index) => {
    await index.apply({
      put: [
        document('word', { title: '=车工 s7-1200' }),
        document('part', { title: '车工 s7 1200 1+x 45# "q" c++ o\'' }),
      ],
    });
    expect(ids(await find(index, '=车工'))).toEqual(['word']);
    expect(ids(await find(index, '车工'))).toEqual(['part']);
    expect(ids(await find(index, 's7-1200'))).toEqual(['word']);
    for (const term of ['1+x', '45#', '"q"', 'c++', "o'"])
      expect(ids(await find(index, query([word(term)])))).toEqual(['part']);
  },

  'every word must match when all are asked for, in whatever field': async (index) => {
    await index.apply({
      put: [
        document('both', { title: '焊接', body: '机器人' }),
        document('one', { title: '焊接' }),
        document('other', { body: '机器人' }),
      ],
    });
    expect(ids(await find(index, '焊接 机器人'))).toEqual(['both']);
  },

  'when fewer words are enough, more of them come first': async (index) => {
    await index.apply({
      put: [
        document('two', { summary: 'b c' }),
        document('three', { body: 'a b c' }),
        document('one', { title: 'a' }),
      ],
    });
    const answer = await find(index, query([word('a'), word('b'), word('c')], { minimum: 2 }));
    expect(ids(answer)).toEqual(['three', 'two']);
    expect(answer.total).toBe(2);
  },

  'all terms of an alternative stand in one field': async (index) => {
    await index.apply({
      put: [
        document('same', { title: '数控 控车 车床' }),
        document('split', { title: '数控 控车', body: '车床' }),
      ],
    });
    expect(ids(await find(index, query([word('数控', '控车', '车床')])))).toEqual(['same']);
  },

  'a word is met by any of its alternatives, the better one first': async (index) => {
    await index.apply({ put: [document('synonym', { title: 'cnc' }), document('word', { title: '数控' })] });
    const any: Alternative[] = [
      { terms: ['数控'], weight: 1 },
      { terms: ['cnc'], weight: 0.5 },
    ];
    const answer = await find(index, query([{ any }]));
    expect(ids(answer)).toEqual(['word', 'synonym']);
    expect(answer.total).toBe(2);
  },

  'an alternative can be tied to fields': async (index) => {
    await index.apply({ put: [document('title', { title: '液压' }), document('body', { body: '液压' })] });
    const any: Alternative[] = [{ terms: ['液压'], weight: 1, fields: ['title'] }];
    expect(ids(await find(index, query([{ any }])))).toEqual(['title']);
  },

  'excluded words take documents out': async (index) => {
    await index.apply({
      put: [document('a', { title: '焊接' }), document('b', { title: '焊接', body: '机器人' })],
    });
    expect(ids(await find(index, query([word('焊接')], { excluded: [word('机器人')] })))).toEqual(['a']);
    expect(ids(await find(index, query([], { excluded: [word('机器人')] })))).toEqual(['a']);
  },

  'title before summary before body': async (index) => {
    await index.apply({
      put: [
        document('body', { body: 'x' }),
        document('title', { title: 'x' }),
        document('summary', { summary: 'x' }),
      ],
    });
    expect(ids(await find(index, 'x'))).toEqual(['title', 'summary', 'body']);
  },

  'the searcher gets hits, totals and counts of their own audience alone': async (index) => {
    const kind = (value: string) => ({ facets: { kind: [value] } });
    await index.apply({
      put: [
        document('open', { title: 'x' }, kind('xr')),
        document('mine', { title: 'x' }, { audience: ['organisation:1', 'admin'], ...kind('xr') }),
        document('theirs', { title: 'x' }, { audience: ['organisation:2'], ...kind('textbook') }),
      ],
    });
    const answer = await find(index, 'x', { audience: ['public', 'organisation:1'], facets: ['kind'] });
    expect(ids(answer).sort()).toEqual(['mine', 'open']);
    expect(answer).toMatchObject({ total: 2, facets: { kind: [{ value: 'xr', count: 2 }] } });
    expect((await find(index, 'x', { audience: [] })).total).toBe(0);
    expect((await find(index, 'x', { audience: ['*'] })).total).toBe(0);
    expect((await find(index, 'x', { audience: 'all' })).total).toBe(3);
    const audiences = [['public', 'organisation:1'], [], ['organisation:2'], 'all'] as const;
    const totals = audiences.map((audience) => index.total({ audience, query: query([word('x')]) }));
    expect(await Promise.all(totals)).toEqual([2, 0, 1, 3]);
    expect(await index.total({ audience: 'all', query: query([word('y')]) })).toBe(0);
    expect(await index.total({ audience: 'all', filters: { kind: ['xr'] } })).toBe(2);
  },

  'of several ways to take a question, the first with enough hits is answered, or the one with the most':
    async (index) => {
      await index.apply({
        put: [
          document('a', { title: 'x' }, { facets: { kind: ['xr'] } }),
          document('b', { title: 'x y' }, { facets: { kind: ['textbook'] } }),
          document('c', { title: 'x y z' }, { facets: { kind: ['xr'] } }),
          document('hidden', { title: 'z' }, { audience: ['organisation:2'] }),
        ],
      });
      const request = { audience: ['public'], facets: ['kind'], limit: 10, now: 0 };
      const attempt = (text: string, ifFewerThan: number): Attempt => ({
        query: query([word(text)]),
        ifFewerThan,
      });
      const inTurn = async (attempts: readonly Attempt[], asked = {}) => {
        const found = await index.searchInTurn({ ...request, ...asked }, attempts);
        return found && [found.at, ids(found).sort(), found.total];
      };
      expect(await inTurn([attempt('none', 9), attempt('y', 1), attempt('x', 2)])).toEqual([
        1,
        ['b', 'c'],
        2,
      ]);
      expect(await inTurn([attempt('z', 9), attempt('y', 3), attempt('x', 3)])).toEqual([
        2,
        ['a', 'b', 'c'],
        3,
      ]);
      // Passed over where there are as many, and taken where there are fewer, in any order.
      expect(await inTurn([attempt('z', 9), attempt('x', 1), attempt('y', 2)])).toEqual([2, ['b', 'c'], 2]);
      expect(await inTurn([attempt('y', 9), attempt('z', 9)])).toEqual([0, ['b', 'c'], 2]);
      expect(await inTurn([attempt('y', 9), attempt('x', 9)], { filters: { kind: ['xr'] } })).toEqual([
        1,
        ['a', 'c'],
        2,
      ]);
      expect(await inTurn([attempt('none', 9)])).toBeUndefined();
      expect(await inTurn([])).toBeUndefined();
      expect((await index.searchInTurn(request, [attempt('y', 1)]))?.facets.kind).toHaveLength(2);
    },

  'a key cannot break out of the filter': async (index) => {
    await index.apply({ put: [document('secret', { title: 'x' }, { audience: ['member:1'] })] });
    for (const key of ['" OR audience EXISTS OR audience = "', "' OR 1=1 --", 'member:1"', 'member:', '\\"'])
      expect((await find(index, 'x', { audience: [key] })).total).toBe(0);
  },

  'facets are counted under all filters but their own': async (index) => {
    const of = (kind: string, ...major: string[]) => ({ facets: { kind: [kind], major } });
    await index.apply({
      put: [
        document('a', { title: 'x' }, of('xr', '4601', '460103')),
        document('b', { title: 'x' }, of('textbook', '4601')),
        document('c', { title: 'x' }, of('xr', '4603')),
      ],
    });
    const answer = await find(index, 'x', { filters: { kind: ['xr'] }, facets: ['kind', 'major'] });
    expect(answer.total).toBe(2);
    expect(answer.facets).toEqual({
      kind: [
        { value: 'xr', count: 2 },
        { value: 'textbook', count: 1 },
      ],
      major: [
        { value: '4601', count: 1 },
        { value: '460103', count: 1 },
        { value: '4603', count: 1 },
      ],
    });
    expect((await find(index, 'x', { filters: { kind: ['xr', 'textbook'], major: ['4601'] } })).total).toBe(
      2,
    );
    expect((await find(index, 'x', { filters: { kind: ['xr" OR kind = "textbook'] } })).total).toBe(0);
  },

  'numbers filter by range, are counted in ranges, and sort': async (index) => {
    const at = (publishedAt: number, uses: number) => ({ numbers: { publishedAt, uses } });
    await index.apply({
      put: [
        document('a', { title: 'x' }, at(100, 5)),
        document('b', { title: 'x' }, at(200, 1)),
        document('c', { title: 'x' }, at(300, 9)),
      ],
    });
    const answer = await find(index, 'x', {
      ranges: { publishedAt: { from: 200, to: 301 } },
      buckets: { publishedAt: [{ to: 200 }, { from: 200 }], uses: [{ from: 5, to: 10 }] },
      sort: 'uses',
    });
    expect(ids(answer)).toEqual(['c', 'b']);
    expect(answer.buckets).toEqual({ publishedAt: [1, 2], uses: [1] });
    expect(ids(await find(index, 'x', { sort: 'publishedAt' }))).toEqual(['c', 'b', 'a']);
  },

  'without a query everything visible is listed': async (index) => {
    await index.apply({ put: [document('a'), document('b')], remove: [] });
    const answer = await index.search({ audience: ['public'], limit: 10, now });
    expect(ids(answer).sort()).toEqual(['a', 'b']);
  },

  'pages follow each other without repeating or leaving out': async (index) => {
    const all = Array.from({ length: 25 }, (_, n) =>
      document(`d${n}`, { title: 'x' }, { numbers: { uses: n % 4 } }),
    );
    await index.apply({ put: all });
    for (const sort of [undefined, 'uses']) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const answer: SearchAnswer = await find(index, 'x', { limit: 7, after, sort });
        expect(answer.total).toBe(25);
        seen.push(...ids(answer));
        after = answer.next;
      } while (after);
      expect(new Set(seen).size).toBe(25);
      expect(seen).toHaveLength(25);
    }
  },

  'pages stay where they are when a document before them comes in or goes': async (index) => {
    const uses = (n: number) => ({ numbers: { uses: n } });
    await index.apply({ put: [1, 2, 3, 4].map((n) => document(`d${n}`, { title: 'x' }, uses(n))) });
    const first = await find(index, 'x', { limit: 2, sort: 'uses' });
    expect(ids(first)).toEqual(['d4', 'd3']);
    await index.apply({ put: [document('d9', { title: 'x' }, uses(9))] });
    const second = await find(index, 'x', { limit: 2, sort: 'uses', after: first.next });
    expect(ids(second)).toEqual(['d2', 'd1']);
    await index.apply({ remove: ['d9', 'd4'] });
    expect(ids(await find(index, 'x', { limit: 1, sort: 'uses', after: first.next }))).toEqual(['d2']);
  },

  'so do those of hits by relevance, of however many come in': async (index) => {
    const all = (title: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => document(`d${from + n}`, { title }));
    await index.apply({ put: [...all('x y', 10, 15), ...all('x', 15, 20)] });
    const order = ids(await find(index, 'x', { limit: 20 }));
    const first = await find(index, 'x', { limit: 3 });
    await index.apply({ put: all('x', 0, 10) });
    await index.apply({ remove: order.slice(0, 2) });
    const seen: string[] = [];
    for (let after = first.next; after !== undefined; ) {
      const page: SearchAnswer = await find(index, 'x', { limit: 3, after });
      seen.push(...ids(page));
      after = page.next;
    }
    expect(seen.filter((id) => order.includes(id))).toEqual(order.slice(3));
    expect(new Set(seen).size).toBe(seen.length);
  },

  'a cursor that it never gave is refused': async (index) => {
    for (const after of ['', 'nonsense', 'eyJhIjoxfQ', '____'])
      await expect(find(index, 'x', { after })).rejects.toMatchObject({ name: 'UnknownCursor' });
  },

  'a document put again replaces the one before, wholly': async (index) => {
    await index.apply({ put: [document('a', { title: 'alt' }, { facets: { kind: ['xr'] } })] });
    expect((await find(index, 'alt')).total).toBe(1);
    await index.apply({
      put: [document('a', { title: 'neu' }, { revision: 2, facets: { kind: ['textbook'] } })],
    });
    expect((await find(index, 'alt')).total).toBe(0);
    const answer = await find(index, 'neu', { facets: ['kind'] });
    expect(answer.facets).toEqual({ kind: [{ value: 'textbook', count: 1 }] });
  },

  'a document taken out is gone, and one that never was may be taken out': async (index) => {
    await index.apply({ put: [document('a', { title: 'x' }), document('b', { title: 'x' })] });
    await find(index, 'x');
    await index.apply({ remove: ['a', 'never'] });
    const answer = await find(index, 'x', { facets: ['kind'] });
    expect(ids(answer)).toEqual(['b']);
    expect((await index.search({ audience: 'all', limit: 10, now })).total).toBe(1);
  },

  'the best passages come with a hit, those with more needles first': async (index) => {
    const passage = (text: string, page: number) => ({
      text,
      folded: text.toLowerCase(),
      place: `{"page":${page}}`,
    });
    await index.apply({
      put: [
        document(
          'a',
          { title: 'x', body: 'plc 编程' },
          {
            passages: [passage('无关', 1), passage('PLC 接线', 2), passage('PLC 编程', 3)],
          },
        ),
      ],
    });
    const answer = await find(index, query([word('编程'), word('plc')], { needles: ['plc', '编程'] }), {
      passages: 2,
    });
    expect(answer.hits[0]?.passages).toEqual([
      { text: 'PLC 编程', place: '{"page":3}' },
      { text: 'PLC 接线', place: '{"page":2}' },
    ]);
  },

  'a text asked for exactly must stand so in a passage': async (index) => {
    const passages = (text: string) => [{ text, folded: text, place: '' }];
    await index.apply({
      put: [
        document('apart', { body: '数控 控车 车间 车床' }, { passages: passages('数控车间的车床') }),
        document('there', { body: '数控 控车 车床' }, { passages: passages('数控车床') }),
      ],
    });
    const exactly: Group = { ...word('数控', '控车', '车床'), exactly: '数控车床' };
    expect(ids(await find(index, query([exactly])))).toEqual(['there']);
  },

  'lifts bring forward what matches already': async (index) => {
    await index.apply({ put: [document('a', { title: 'p q' }), document('b', { title: 'p q pq' })] });
    const lifts = [{ terms: ['pq'], field: 'title', by: 3 }];
    expect(ids(await find(index, query([word('p')], { lifts })))).toEqual(['b', 'a']);
    for (const telling of ['q', 'pq'])
      expect(
        ids(await find(index, query([word('p')], { lifts: lifts.map((lift) => ({ ...lift, telling })) }))),
      ).toEqual(['b', 'a']);
  },

  'newer is before older among equals': async (index) => {
    await index.apply({
      put: [
        document('old', { title: 'x' }, { numbers: { publishedAt: 900 * day } }),
        document('new', { title: 'x' }, { numbers: { publishedAt: 999 * day } }),
      ],
    });
    expect(ids(await find(index, 'x'))).toEqual(['new', 'old']);
  },

  'revisions are listed by identifier, in pages': async (index) => {
    await index.apply({ put: ['c', 'a', 'b'].map((id, n) => document(id, {}, { revision: n + 1 })) });
    expect(await index.revisions('', 2)).toEqual([
      { id: 'a', revision: 2 },
      { id: 'b', revision: 3 },
    ]);
    expect(await index.revisions('b', 2)).toEqual([{ id: 'c', revision: 1 }]);
  },

  'whoever has the same view finds the same, and a change gives another': async (index, { name }) => {
    const viewOf = (...keys: string[]) => index.viewOf(['public', ...keys]);
    const owned = (id: string, owner: string) => document(id, {}, { audience: [owner] });
    await index.apply({
      put: [document('a', {}, { audience: ['public', 'group'] }), owned('b', 'member:1')],
    });
    const view = await viewOf('group', 'member:2');
    // Others change that one, too: it cannot tell.
    if (name === 'meilisearch') return expect(view).toBeUndefined();
    expect(await viewOf('group', 'member:3')).toBe(view);
    expect(await viewOf('group', 'member:1')).not.toBe(view);
    await index.apply({ put: [owned('c', 'member:3')] });
    expect(new Set([view, await viewOf('member:2'), await viewOf('member:3')]).size).toBe(3);
  },

  'an index of another version grows beside and takes over when promoted': async (index, engine) => {
    await index.apply({ put: [document('a', { title: 'x' })] });
    expect((await engine.current())?.version).toBe('contract-1');
    const next = await engine.open({ ...settings, version: 'contract-2' });
    await next.apply({ put: [document('b', { title: 'x' })] });
    const current = await engine.current();
    expect(current && ids(await find(current, 'x'))).toEqual(['a']);
    await engine.promote('contract-2');
    const swapped = await engine.current();
    expect(swapped?.version).toBe('contract-2');
    expect(swapped && ids(await find(swapped, 'x'))).toEqual(['b']);
  },

  'many documents at once': async (index) => {
    const many = Array.from({ length: 1200 }, (_, n) => document(`m${n}`, { title: `t${n % 7}` }));
    await index.apply({ put: many });
    expect((await find(index, 't3')).total).toBe(171);
  },
} satisfies Record<string, Check>;

/** Checks every promise on a fresh index. */
export function searchIndexContract(
  name: string,
  open: () => Promise<{ engine: SearchEngine; done(): Promise<void> }>,
): void {
  describe(`search index: ${name}`, () => {
    let done: () => Promise<void> = async () => undefined;
    afterEach(() => done());
    for (const [promise, check] of Object.entries(promises) as [string, Check][])
      test(promise, async () => {
        const opened = await open();
        done = opened.done;
        const index = await opened.engine.open(settings);
        await opened.engine.promote(settings.version);
        await check(index, opened.engine);
      });
  });
}
