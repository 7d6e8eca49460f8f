import { expect } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
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
import { type Check, exact, ids } from './documents-check.ts';

/** A push with modifiers, whose type the driver cannot tell for documents of any shape. */
const sortedPush = { tags: { $each: ['c', 'b'], $sort: 1, $slice: 2 } } as never;

/** What writing promises. */
export const writing = {
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
  'pulling a value takes out elements that equal it, not lists that hold it': async (things) => {
    await things.insertOne({ _id: 1, list: [1, [1, 2], null, { a: null }, 'abc'] });
    await things.updateOne({ _id: 1 }, { $pull: { list: 1 } } as never);
    await things.updateOne({ _id: 1 }, { $pull: { list: null } } as never);
    await things.updateOne({ _id: 1 }, { $pull: { list: /^a/ } } as never);
    expect(await things.findOne({})).toEqual({ _id: 1, list: [[1, 2], { a: null }] });
  },
  'a replacement may bring null as the _id of a new document': async (things) => {
    await things.replaceOne({}, { _id: null, a: 1 } as never, { upsert: true });
    expect(await things.findOne({ _id: { $type: 'null' } })).toEqual({ _id: null, a: 1 });
  },
  'a number in the path of an index may not be a position and a field alike': async (things) => {
    await things.createIndex({ 'list.0': 1 });
    await things.insertOne({ list: [{ a: 1 }] });
    await expect(things.insertOne({ list: [{ 0: 'field' }] })).rejects.toMatchObject({ code: 16746 });
    expect(await things.countDocuments()).toBe(1);
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
  'results of a pipeline can be merged into a collection': async (things, database) => {
    await things.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    await database.collection<{ _id: number }>('totals').insertOne({ _id: 1, kept: true } as never);
    await things.aggregate([{ $merge: { into: 'totals' } }]).toArray();
    expect(await ids(database.collection('totals'), { kept: true, n: 1 })).toEqual([1]);
    await expect(
      things.aggregate([{ $merge: { into: 'totals', whenMatched: 'fail' } }]).toArray(),
    ).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    await things.aggregate([{ $match: { n: 2 } }, { $out: 'totals' }]).toArray();
    expect(await ids(database.collection('totals'), {})).toEqual([2]);
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
} satisfies Record<string, Check>;
