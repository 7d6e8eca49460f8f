import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
  type Collection,
  type Db,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';

// biome-ignore lint/suspicious/noExplicitAny: documents of any shape
type Things = Collection<any>;
/** A push with modifiers, whose type the driver cannot tell for documents of any shape. */
const sortedPush = { tags: { $each: ['c', 'b'], $sort: 1, $slice: 2 } } as never;

type Check = (things: Things, database: Db) => Promise<void>;

const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

async function ids(things: Things, filter: object, options = {}): Promise<unknown[]> {
  return (await things.find(filter, { sort: { _id: 1 }, ...options }).toArray()).map(({ _id }) => _id);
}

async function planOf(things: Things, filter: object, sort: Record<string, 1 | -1> = {}): Promise<string> {
  const { queryPlanner } = await things.find(filter).sort(sort).explain('queryPlanner');
  return JSON.stringify(queryPlanner.winningPlan);
}

const promises = {
  'every type comes back as it went in': async (things) => {
    const sent = {
      _id: new ObjectId(),
      int: new Int32(1),
      double: new Double(1),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      date: new Date(-1),
      bytes: new Binary(Buffer.from([0, 255]), 0),
      uuid: new UUID(),
      regex: new BSONRegExp('^a.b$', 'i'),
      time: new Timestamp({ t: 5, i: 6 }),
      least: new MinKey(),
      most: new MaxKey(),
      nothing: null,
      list: [new Int32(1), [new Double(2)], {}],
      inner: { 2: 'two', 1: 'one', z: { a: true } },
    };
    await things.insertOne(sent);
    await things.updateOne({ _id: sent._id }, { $set: { touched: true } });
    const [found] = await things.find({}, exact).toArray();
    delete found.touched;
    expect(JSON.stringify(found)).toBe(JSON.stringify(sent));
    expect(found.double).toBeInstanceOf(Double);
    expect(Object.keys(found.inner)).toEqual(['1', '2', 'z']);
  },
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
  'a duplicate key is error 11000 with its pattern and value': async (things) => {
    await things.createIndex({ 'a.b': 1, c: 1 }, { unique: true });
    await things.insertOne({ a: { b: 1 }, c: 'x' });
    await expect(things.insertOne({ a: { b: 1 }, c: 'x' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { 'a.b': 1, c: 1 },
      keyValue: { 'a.b': 1, c: 'x' },
    });
    await expect(
      things.findOneAndUpdate({ z: 1 }, { $set: { a: { b: 1 }, c: 'x' } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await things.countDocuments()).toBe(1);
  },
  'an ordered batch ends at its first error, an unordered one does not': async (things) => {
    const batch = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    await expect(things.insertMany(batch)).rejects.toMatchObject({
      code: 11000,
      insertedCount: 1,
      writeErrors: [{ index: 1 }],
    });
    expect(await ids(things, {})).toEqual([1]);
    await expect(things.insertMany(batch, { ordered: false })).rejects.toMatchObject({
      insertedCount: 1,
      writeErrors: [{ index: 0 }, { index: 1 }],
    });
    expect(await ids(things, {})).toEqual([1, 2]);
  },
  'a unique index over arrays, sparse and partial ones forbid what they say': async (things) => {
    await things.createIndex({ tags: 1 }, { unique: true, sparse: true });
    await things.createIndex({ slug: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await things.insertMany([
      { tags: ['a', 'b', 'a'] },
      {},
      {},
      { slug: 'x', live: false, tags: ['c'] },
      { slug: 'x', live: true, tags: ['d'] },
    ]);
    await expect(things.insertOne({ tags: ['e', 'b'] })).rejects.toMatchObject({
      code: 11000,
      keyValue: { tags: 'b' },
    });
    await expect(
      things.updateOne({ slug: 'x', live: false }, { $set: { live: true } }),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await things.countDocuments()).toBe(5);
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
  'update operators change what they name and keep types': async (things) => {
    await things.insertOne({
      _id: 1,
      int: new Int32(1),
      double: new Double(1),
      list: [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
      ],
      tags: ['a'],
    });
    await things.updateOne(
      { _id: 1, 'list.k': 2 },
      {
        $inc: { int: 1, double: 1, 'list.$.v': 10, fresh: Long.fromNumber(3) },
        $push: sortedPush,
        $rename: { missing: 'other' },
        $min: { low: 5 },
        $currentDate: { at: true },
      },
    );
    await things.updateOne(
      { _id: 1 },
      { $set: { 'list.$[e].v': 0 }, $addToSet: { tags: 'a' }, $unset: { at: '' } },
      { arrayFilters: [{ 'e.k': 1 }] },
    );
    const [found] = await things.find({}, exact).toArray();
    expect(found).toEqual({
      _id: new Int32(1),
      int: new Int32(2),
      double: new Double(2),
      list: [
        { k: new Int32(1), v: new Int32(0) },
        { k: new Int32(2), v: new Int32(12) },
      ],
      tags: ['a', 'b'],
      fresh: Long.fromNumber(3),
      low: new Int32(5),
    });
    await things.updateOne({ _id: 1 }, [
      { $set: { sum: { $add: ['$int', '$double'] } } },
      { $unset: 'list' },
    ]);
    expect(await things.findOne({})).toMatchObject({ sum: 4 });
  },
  'wrong updates are refused with their codes and change nothing': async (things) => {
    await things.insertOne({ _id: 1, text: 'a' });
    const refused = (update: object) =>
      things.updateOne({ _id: 1 }, update).then(
        () => undefined,
        (error) => error.code,
      );
    expect(await refused({ $set: { _id: 2 } })).toBe(66);
    expect(await refused({ $inc: { text: 1 } })).toBe(14);
    expect(await refused({ $set: { a: 1 }, $inc: { 'a.b': 1 } })).toBe(40);
    expect(await refused({ $set: { 'text.b': 1 } })).toBe(28);
    expect(await refused({ $nonsense: { a: 1 } })).toBe(9);
    expect(await refused({ $push: { text: 1 } })).toBe(2);
    expect(await things.findOne({})).toEqual({ _id: 1, text: 'a' });
  },
  'an upsert begins with the equalities of its filter': async (things) => {
    const { upsertedId } = await things.updateOne(
      { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 3 } },
      { $set: { e: 4 }, $setOnInsert: { f: 5 } },
      { upsert: true },
    );
    expect(await things.findOne({})).toEqual({ _id: upsertedId, a: 1, b: { c: 2 }, e: 4, f: 5 });
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
  'results of a pipeline can be merged into a collection': async (things, database) => {
    await things.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    await database.collection<{ _id: number }>('totals').insertOne({ _id: 1, kept: true } as never);
    await things.aggregate([{ $merge: { into: 'totals' } }]).toArray();
    expect(await ids(database.collection('totals'), { kept: true, n: 1 })).toEqual([1]);
    await things.aggregate([{ $match: { n: 2 } }, { $out: 'totals' }]).toArray();
    expect(await ids(database.collection('totals'), {})).toEqual([2]);
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
  'an index that ignores case is unique so, and serves such a search': async (things) => {
    const collation = { locale: 'en', strength: 2 };
    await things.createIndex({ mail: 1 }, { unique: true, collation });
    await things.insertOne({ mail: 'Li@School.example' });
    await expect(things.insertOne({ mail: 'li@school.example' })).rejects.toMatchObject({ code: 11000 });
    const { queryPlanner } = await things
      .find({ mail: 'LI@SCHOOL.EXAMPLE' }, { collation })
      .explain('queryPlanner');
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('mail_1');
    expect(await things.countDocuments({ mail: 'LI@SCHOOL.EXAMPLE' }, { collation })).toBe(1);
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

/** Something that an engine does otherwise: why, and a check of what it does. */
export interface Difference {
  because: string;
  instead: Check;
}

/** Checks every promise on an empty database. */
export function documentsContract(
  engine: string,
  open: () => Promise<Db>,
  differs: Partial<Record<keyof typeof promises, Difference>> = {},
): void {
  describe(`documents: ${engine}`, () => {
    for (const [promise, check] of Object.entries(promises)) {
      const other = differs[promise as keyof typeof promises];
      test(other ? `${promise}: not here, ${other.because}` : promise, async () => {
        const database = await open();
        await (other?.instead ?? check)(database.collection('things'), database);
      });
    }
  });
}
