import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import { startEngine } from '../../storage/documents/embedded/start.ts';

/** Simultaneous callers, as in a small web process. */
const callers = 8;
/** Milliseconds that each kind of call is measured. */
const duration = 2000;

interface Thing {
  _id: ObjectId;
  code: string;
  group: number;
  date: Date;
  free: number;
  text: string;
}

const day = 86_400_000;

/** A document of about one kilobyte. */
function make(number: number, total: number): Thing {
  return {
    _id: new ObjectId(),
    code: `code-${number}`,
    group: number % 50,
    date: new Date(Date.UTC(2020, 0, 1) + ((number * 7919) % total) * (day / 100)),
    free: number,
    text: '机电一体化 '.repeat(50),
  };
}

const schema = new mongoose.Schema(
  { code: { type: String, unique: true }, group: Number, date: Date, free: Number, text: String },
  { autoIndex: false, autoCreate: false },
);
schema.index({ group: 1, date: -1 });

/** Calls per second of eight callers. */
async function rate(call: (turn: number) => Promise<unknown>, milliseconds = duration): Promise<number> {
  const end = performance.now() + milliseconds;
  const start = performance.now();
  let turn = 0;
  const work = async () => {
    while (performance.now() < end) await call(turn++);
  };
  await Promise.all(Array.from({ length: callers }, work));
  return Math.round((turn / (performance.now() - start)) * 1000);
}

async function fill(
  collection: Collection<Thing>,
  size: number,
): Promise<{ ids: ObjectId[]; perSecond: number }> {
  const ids: ObjectId[] = [];
  const start = performance.now();
  for (let from = 0; from < size; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, size - from) }, (_, at) => make(from + at, size));
    for (const { _id } of batch) if (ids.length < 100_000) ids.push(_id);
    await collection.insertMany(batch);
  }
  return { ids, perSecond: Math.round((size / (performance.now() - start)) * 1000) };
}

/** One row of the table. */
type Figures = Record<string, number>;

async function measure(url: string, size: number): Promise<Figures> {
  const connection = await mongoose
    .createConnection(url, { writeConcern: { w: 'majority' }, maxPoolSize: 20 })
    .asPromise();
  try {
    await connection.dropDatabase();
    const Model = connection.model('Thing', schema);
    await Model.createCollection();
    await Model.ensureIndexes();
    const collection = Model.collection as unknown as Collection<Thing>;
    const { ids, perSecond } = await fill(collection, size);
    const any = (turn: number) => (turn * 7919) % size;
    const start = performance.now();
    await collection
      .aggregate([
        { $match: { free: { $gte: 0 } } },
        { $group: { _id: '$group', n: { $sum: 1 }, last: { $max: '$date' } } },
        { $sort: { n: -1 } },
      ])
      .toArray();
    const aggregation = performance.now() - start;
    return {
      'batch inserts/s': perSecond,
      'by _id/s': await rate((turn) => Model.findById(ids[(turn * 31) % ids.length]).lean()),
      'indexed findOne/s': await rate((turn) => Model.findOne({ code: `code-${any(turn)}` }).lean()),
      'sorted page of 20/s': await rate((turn) =>
        Model.find({ group: turn % 50 })
          .sort({ date: -1 })
          .limit(20)
          .lean(),
      ),
      'unindexed find/s': await rate(
        (turn) => Model.findOne({ free: any(turn) }).lean(),
        size > 100_000 ? 3000 : duration,
      ),
      'updateOne/s': await rate((turn) =>
        Model.updateOne({ code: `code-${any(turn)}` }, { $inc: { free: 1 }, $set: { date: new Date() } }),
      ),
      'single inserts/s': await rate((turn) => collection.insertOne(make(size + turn, size))),
      'aggregation ms': Math.round(aggregation),
    };
  } finally {
    await connection.close();
  }
}

/** Memory of this process, the worker with it, in MiB. */
function memory(): number {
  return Math.round(process.memoryUsage().rss / 1_048_576);
}

async function embedded(size: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-documents-'));
  const before = memory();
  const engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  try {
    const figures = await measure(engine.urlFor('bench'), size);
    return { ...figures, 'memory MiB (+)': memory() - before };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

function sizesFrom(given: string[]): number[] {
  const flag = given.findIndex((word) => word.startsWith('--sizes'));
  const text =
    flag === -1 ? '1000,10000,100000,1000000' : (given[flag]?.split('=')[1] ?? given[flag + 1] ?? '');
  const sizes = text.split(',').map((word) => Number(word.replace(/k$/, '000').replace(/M$/, '000000')));
  if (sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error(`--sizes wants numbers such as 1k,10k,1M, not ${text}`);
  return sizes;
}

/** `npm run bench documents [-- --sizes 1k,20k]`: the embedded engine, and MongoDB when MONGODB_URL is set. */
const table: Record<string, Figures> = {};
for (const size of sizesFrom(process.argv.slice(2))) {
  table[`embedded, ${size.toLocaleString('en')}`] = await embedded(size);
  const mongodb = process.env.MONGODB_URL;
  if (mongodb) {
    const url = new URL(mongodb);
    url.pathname = '/bench';
    table[`MongoDB, ${size.toLocaleString('en')}`] = await measure(url.href, size);
  }
  console.table(table);
}
