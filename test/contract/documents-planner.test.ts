import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  BSONRegExp,
  type Collection,
  Decimal128,
  type Document,
  Int32,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
} from 'mongodb';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-planner-'));
let engine: RunningEngine;
let client: MongoClient;

beforeAll(async () => {
  engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  client = await MongoClient.connect(engine.url);
});

afterAll(async () => {
  await client.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(
    0.5,
    -1.5,
    Number.NaN,
    -0,
    1e300,
    Decimal128.fromString('0.5'),
    Decimal128.fromString('NaN'),
  ),
  fc.constantFrom('', 'a', 'ab', 'b', '数控', '\u0000', '😀'),
  fc.constant(null),
  fc.boolean(),
  fc.constantFrom(new Date(0), new Date(5), Long.fromString('9007199254740993'), new Int32(2)),
  fc.constantFrom({ x: 1 }, {}, new MinKey(), new MaxKey()),
);
const value = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constant(new BSONRegExp('^a', '')) },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
);
const document = fc.record(
  {
    a: value,
    b: scalar,
    c: fc.oneof(
      value,
      fc.record({ d: scalar }),
      fc.array(fc.record({ d: scalar, e: scalar }, { requiredKeys: [] }), { maxLength: 3 }),
    ),
  },
  { requiredKeys: [] },
);
const condition = fc.oneof(
  scalar,
  fc.record({ $eq: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $ne: scalar }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 2 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $not: fc.record({ $gt: scalar }) }),
  fc.constantFrom<object[]>({ $regex: '^a' }, { $type: 'number' }, { $size: 1 }),
  fc.constant({ $elemMatch: { $gt: 0 } }),
  fc.record({ $gt: scalar, $lt: scalar }),
);
const fields = fc.record(
  { a: condition, b: condition, 'c.d': condition, 'c.e': condition },
  { requiredKeys: [] },
);
const filter = fc.oneof(
  { weight: 4, arbitrary: fields },
  { weight: 1, arbitrary: fc.record({ $or: fc.array(fields, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.tuple(fields, fields).map(([first, second]) => ({ $and: [first, second] })) },
);
const direction = fc.constantFrom(1 as const, -1 as const);
const sort = fc.oneof(
  fc.constant({}),
  fc.record({ a: direction }),
  fc.record({ b: direction }),
  fc.record({ a: direction, b: direction }),
  fc.record({ 'c.d': direction }),
);

const indexes: { key: Record<string, 1 | -1>; options?: object }[] = [
  { key: { a: 1, _id: 1 } },
  { key: { b: -1, _id: 1 } },
  { key: { a: 1, b: -1, _id: 1 } },
  { key: { b: 1, 'c.d': -1 } },
  { key: { 'c.d': 1, 'c.e': 1 } },
  { key: { b: 1, a: 1 }, options: { name: 'sparse', sparse: true } },
  { key: { a: -1, b: 1 }, options: { name: 'folded', collation: { locale: 'en', strength: 2 } } },
  { key: { a: 1 }, options: { name: 'positive', partialFilterExpression: { a: { $gt: 0 } } } },
];

async function both(documents: Document[]): Promise<[Collection, Collection]> {
  const database = client.db('planner');
  await database.dropDatabase();
  const [plain, indexed] = [database.collection('plain'), database.collection('indexed')];
  await indexed.createIndexes(indexes.map(({ key, options }) => ({ key, ...options })));
  for (const collection of [plain, indexed])
    await collection.insertMany(documents.map((entry, _id) => ({ ...entry, _id: _id as never })));
  return [plain, indexed];
}

test('an index changes how fast documents are found, never which, nor their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 40 }),
      fc.array(fc.record({ filter, sort, limit: fc.integer({ min: 0, max: 5 }) }), {
        minLength: 60,
        maxLength: 60,
      }),
      async (documents, questions) => {
        const [plain, indexed] = await both(documents);
        for (const { filter: wanted, sort: order, limit } of questions) {
          const sorted = Object.keys(order).length > 0;
          const read = async (collection: Collection) => {
            const all = await collection
              .find(wanted as Document, {
                sort: sorted ? { ...order, _id: 1 } : {},
                limit: sorted ? limit : 0,
                promoteLongs: false,
              })
              .toArray();
            const ids = all.map(({ _id }) => Number(_id));
            return sorted ? ids : ids.sort((x, y) => x - y);
          };
          const [expected, found] = [await read(plain), await read(indexed)];
          expect(
            inspect({ wanted, order, limit, found }, { depth: 9, breakLength: Infinity, compact: true }),
          ).toBe(
            inspect(
              { wanted, order, limit, found: expected },
              { depth: 9, breakLength: Infinity, compact: true },
            ),
          );
          const [n, all] = [
            await indexed.countDocuments(wanted as Document),
            await plain.countDocuments(wanted as Document),
          ];
          expect({ wanted, n }).toEqual({ wanted, n: all });
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
}, 240_000);
