import { expect } from '@jest/globals';
import { Binary, type Db, Decimal128, Long, MaxKey, MinKey, ObjectId } from 'mongodb';
import { type Check, ids, type Things } from './documents-check.ts';

async function planOf(things: Things, filter: object, sort: Record<string, 1 | -1> = {}): Promise<string> {
  const { queryPlanner } = await things.find(filter).sort(sort).explain('queryPlanner');
  return JSON.stringify(queryPlanner.winningPlan);
}

/** What reading promises. */
export const reading = {
  'values of different types have one order': async (things) => {
    const order = [
      new MinKey(),
      null,
      Number.NaN,
      -1,
      Decimal128.fromString('0.5'),
      Long.fromNumber(1),
      1.5,
      '',
      'a',
      'b',
      '😀',
      {},
      { a: 1 },
      new Binary(Buffer.from('a')),
      new ObjectId(),
      false,
      true,
      new Date(0),
      new MaxKey(),
    ];
    await things.insertMany(order.map((value, _id) => ({ _id, value })).reverse());
    const read = async (way: 1 | -1) =>
      (await things.find({}, { sort: { value: way }, projection: { _id: 1 } }).toArray()).map(
        ({ _id }) => _id,
      );
    expect(await read(1)).toEqual(order.map((_, at) => at));
    expect(await read(-1)).toEqual(order.map((_, at) => at).reverse());
    await things.createIndex({ value: 1 });
    expect(await read(1)).toEqual(order.map((_, at) => at));
    expect(await read(-1)).toEqual(order.map((_, at) => at).reverse());
  },
  'fields of arrays are found element by element': async (things) => {
    await things.insertMany([
      {
        _id: 1,
        items: [
          { sku: 'a', n: 1 },
          { sku: 'b', n: 5 },
        ],
      },
      { _id: 2, items: [{ sku: 'a', n: 5 }] },
      { _id: 3, items: [] },
      { _id: 4 },
    ]);
    const ask = async () => [
      await ids(things, { 'items.sku': 'a', 'items.n': 5 }),
      await ids(things, { items: { $elemMatch: { sku: 'a', n: 5 } } }),
      await ids(things, { 'items.n': { $gt: 1, $lt: 5 } }),
      await ids(things, { 'items.sku': null }),
      await ids(things, { items: { $size: 0 } }),
      await ids(things, { 'items.0.n': 5 }),
      await ids(things, { 'items.n': { $ne: 5 } }),
    ];
    const expected = [[1, 2], [2], [1], [4], [3], [2], [3, 4]];
    expect(await ask()).toEqual(expected);
    await things.createIndex({ 'items.sku': 1, 'items.n': 1 });
    expect(await ask()).toEqual(expected);
  },
  'indexes serve equality, sets, ranges, prefixes and order': async (things) => {
    await things.insertMany(
      Array.from({ length: 50 }, (_, n) => ({ n, group: n % 5, tags: [n % 3, 'x'], date: new Date(n) })),
    );
    await things.createIndexes([
      { key: { n: 1 } },
      { key: { group: 1, date: -1 } },
      { key: { tags: 1, date: -1 } },
    ]);
    expect(await planOf(things, { n: 5 })).toContain('"n_1"');
    expect(await planOf(things, { n: { $in: [1, 2] } })).toContain('"n_1"');
    expect(await planOf(things, { n: { $gte: 10, $lt: 12 } })).toContain('"n_1"');
    for (const [filter, sort] of [
      [{ group: 1 }, { date: -1 }],
      [{ group: 1 }, { date: 1 }],
      [{ group: { $in: [1, 2] } }, { date: -1 }],
      [{ tags: { $in: [1, 2] } }, { date: -1 }],
    ] as const) {
      const plan = await planOf(things, filter, { ...sort });
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    }
    expect(await planOf(things, { $or: [{ n: 1 }, { group: 2 }] })).not.toContain('COLLSCAN');
    const found = await things
      .find({ tags: { $in: [1, 2] } })
      .sort({ date: -1 })
      .limit(4)
      .toArray();
    expect(found.map(({ n }) => n)).toEqual([49, 47, 46, 44]);
  },
  'a cursor gives all documents in batches, and none after it was killed': async (things) => {
    await things.insertMany(Array.from({ length: 250 }, (_, n) => ({ n, text: 'x'.repeat(200) })));
    const cursor = things.find({}, { batchSize: 7, sort: { n: 1 } });
    expect((await cursor.toArray()).map(({ n }) => n)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    const database = things.db as unknown as Db;
    const { cursor: open } = await database.command(
      { find: things.collectionName, batchSize: 2 },
      { promoteLongs: false },
    );
    await database.command({ killCursors: things.collectionName, cursors: [open.id] });
    await expect(
      database.command({ getMore: open.id, collection: things.collectionName }),
    ).rejects.toMatchObject({ code: 43 });
  },
  'the time that a read may take is for all its batches together': async (things, database) => {
    await things.insertMany(Array.from({ length: 60 }, (_, n) => ({ n })));
    const command = { find: things.collectionName, batchSize: 1, maxTimeMS: 60_000 };
    const { cursor } = await database.command(command, { promoteLongs: false });
    const more = { getMore: cursor.id, collection: things.collectionName };
    await expect(database.command({ ...more, maxTimeMS: 5 })).rejects.toMatchObject({ code: 2 });
    expect((await database.command({ ...more, batchSize: 100 })).cursor.nextBatch).toHaveLength(59);
  },
  'a cursor that follows a capped collection skips and ends as it was told': async (things, database) => {
    const log = await database.createCollection('log', { capped: true, size: 10_000 });
    await log.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const read = async (options: object) =>
      (await log.find({}, { tailable: true, ...options }).toArray()).map(({ n }) => n);
    expect(await read({ skip: 1, limit: 1 })).toEqual([2]);
    expect(await read({ limit: 2 })).toEqual([1, 2]);
    expect(await things.countDocuments()).toBe(0);
  },
  'a pipeline groups, joins, unwinds and branches': async (things, database) => {
    const others = database.collection<{ _id: string; label: string }>('others');
    await others.insertMany([
      { _id: 'a', label: 'A' },
      { _id: 'b', label: 'B' },
    ]);
    await things.insertMany([
      { _id: 1, kinds: ['a', 'b'], n: 1 },
      { _id: 2, kinds: ['a'], n: 2.5 },
      { _id: 3, n: Long.fromNumber(4) },
    ]);
    const grouped = await things
      .aggregate([
        { $unwind: '$kinds' },
        { $group: { _id: '$kinds', sum: { $sum: '$n' }, avg: { $avg: '$n' }, all: { $push: '$_id' } } },
        { $lookup: { from: 'others', localField: '_id', foreignField: '_id', as: 'other' } },
        { $set: { label: { $first: '$other.label' } } },
        { $project: { other: 0 } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(grouped).toEqual([
      { _id: 'a', sum: 3.5, avg: 1.75, all: [1, 2], label: 'A' },
      { _id: 'b', sum: 1, avg: 1, all: [1], label: 'B' },
    ]);
    const [facets] = await things
      .aggregate([
        {
          $facet: {
            count: [{ $count: 'n' }],
            first: [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { n: 1 } }],
          },
        },
      ])
      .toArray();
    expect(facets).toEqual({ count: [{ n: 3 }], first: [{ _id: 3, n: 4 }] });
  },
  'arithmetic on decimals is decimal, to the last digit': async (things) => {
    await things.insertOne({ a: Decimal128.fromString('10'), b: Decimal128.fromString('-2.50') });
    const [found] = await things
      .aggregate([
        {
          $project: {
            _id: 0,
            third: { $divide: ['$a', 3] },
            quarter: { $divide: ['$b', '$a'] },
            rest: { $mod: ['$a', Decimal128.fromString('0.3')] },
            even: { $round: ['$b', 0] },
            cut: { $trunc: ['$b', 1] },
            floor: { $floor: '$b' },
            ceil: { $ceil: '$b' },
            abs: { $abs: '$b' },
          },
        },
      ])
      .toArray();
    expect(
      Object.fromEntries(Object.entries(found ?? {}).map(([name, value]) => [name, String(value)])),
    ).toEqual({
      third: '3.333333333333333333333333333333333',
      quarter: '-0.25',
      rest: '0.1',
      even: '-2',
      cut: '-2.5',
      floor: '-3',
      ceil: '-2',
      abs: '2.50',
    });
    await expect(things.aggregate([{ $project: { n: { $toLong: 'x' } } }]).toArray()).rejects.toMatchObject({
      code: 241,
    });
  },
  'a pipeline gives the same whether or not its first stages look at every field': async (things) => {
    await things.insertMany([
      { _id: 1, a: { b: 1, c: [1, 2] }, d: 'x', e: 1 },
      { _id: 2, a: { b: 2 }, d: 'y', f: null },
      { _id: 3, d: 'x', a: [] },
    ]);
    const pipelines: object[][] = [
      [{ $group: { _id: '$d', n: { $sum: '$a.b' }, all: { $push: '$$ROOT' } } }, { $sort: { _id: 1 } }],
      [{ $group: { _id: { $getField: 'd' }, n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [{ $match: { $expr: { $gt: ['$a.b', 1] } } }, { $count: 'n' }],
      [{ $project: { a: { b: 0 } } }],
      [{ $project: { 'a.c': 1, twice: { $multiply: ['$e', 2] } } }],
      [{ $project: { d: 0 } }],
      [{ $project: { _id: 0 } }],
      [{ $unwind: '$a.c' }, { $sort: { 'a.c': -1 } }, { $group: { _id: null, list: { $push: '$a.c' } } }],
      [{ $sortByCount: '$d' }],
      [{ $match: { $or: [{ e: 1 }, { f: { $exists: true } }] } }, { $project: { whole: '$$ROOT' } }],
    ];
    for (const pipeline of pipelines)
      expect(await things.aggregate(pipeline).toArray()).toEqual(
        await things
          .aggregate([{ $facet: { all: pipeline } }, { $unwind: '$all' }, { $replaceWith: '$all' }])
          .toArray(),
      );
  },
  'collations sort pinyin and ignore case': async (things) => {
    await things.insertMany([
      { _id: 1, name: '张' },
      { _id: 2, name: '李' },
      { _id: 3, name: '王' },
      { _id: 4, name: 'Bob' },
      { _id: 5, name: 'bob' },
    ]);
    const sorted = await things
      .find({ _id: { $lt: 4 } }, { sort: { name: 1 }, collation: { locale: 'zh' } })
      .toArray();
    expect(sorted.map(({ name }) => name)).toEqual(['李', '王', '张']);
    expect(await ids(things, { name: 'BOB' }, { collation: { locale: 'en', strength: 2 } })).toEqual([4, 5]);
    expect(await ids(things, { name: 'BOB' })).toEqual([]);
  },
  'what is not there is said with MongoDB’s codes': async (things, database) => {
    const code = (asked: Promise<unknown>) =>
      asked.then(
        () => undefined,
        (error) => error.code,
      );
    expect(await code(database.command({ nonsense: 1 }))).toBe(59);
    expect(await code(things.aggregate([{ $nonsense: 1 }]).toArray())).toBe(40324);
    expect(await code(things.find({ a: { $nonsense: 1 } }).toArray())).toBe(2);
    expect(await code(things.find({ $nonsense: 1 }).toArray())).toBe(2);
    expect(await code(things.aggregate([{ $project: { a: { $nonsense: 1 } } }]).toArray())).toBe(31325);
    expect(await code(things.dropIndex('nonsense'))).toBe(26);
    expect(await code(things.insertOne({ _id: [1] }))).toBe(53);
  },
  'names that are magic in JavaScript are names like others': async (things) => {
    const magic = JSON.parse(
      '{"_id":1,"__proto__":{"a":1},"constructor":"c","toString":[1],"hasOwnProperty":null}',
    );
    await things.insertOne(magic);
    await things.updateOne({ '__proto__.a': 1, constructor: 'c' }, { $set: { '__proto__.b': 2 } });
    const [found] = await things
      .aggregate([{ $match: { toString: 1 } }, { $addFields: { n: { $size: '$toString' } } }])
      .toArray();
    expect(Object.getOwnPropertyDescriptor(found, '__proto__')?.value).toEqual({ a: 1, b: 2 });
    expect(found).toMatchObject({ constructor: 'c', n: 1 });
  },
} satisfies Record<string, Check>;
