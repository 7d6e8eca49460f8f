/**
 * `npm run bench documents [-- --sizes 1k,20k]`: eight callers through mongoose, documents of one kilobyte; the
 * embedded engine, and MongoDB in the same run when MONGODB_URL is set. Kinds of calls take turns and the median of
 * the turns counts, so that neither warming up nor a busy moment of the machine falls on one kind alone. What one
 * call costs the embedded engine is told in microseconds of processor time, which other programs hardly change.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Collection, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import { readConfig } from '../../server/config.ts';

/** Simultaneous callers, as in a small web process. */
const callers = 8;
/** Turns of each kind of call, and milliseconds of one. */
const turns = 5;
const turnLength = 500;

interface Thing {
  _id: ObjectId;
  code: string;
  group: number;
  date: Date;
  free: number;
  text: string;
}

const day = 86_400_000;
const idOf = (number: number) => new ObjectId(number.toString(16).padStart(24, '0'));

/** A document of about one kilobyte. */
function make(number: number, total: number): Thing {
  return {
    _id: idOf(number),
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

/** What was measured of one engine at one size. */
type Figures = Record<string, number>;
type Ask = (turn: number) => Promise<unknown>;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Memory in MiB, now and at most, and processor time in microseconds. */
type Usage = () => Promise<{ now: number; most: number; work: number }>;

/** What all callers together get done during one turn, and the engine's microseconds for each call. */
async function oneTurn(ask: Ask, from: number, usage?: Usage): Promise<{ perSecond: number; cost: number }> {
  const before = (await usage?.())?.work ?? 0;
  const start = performance.now();
  let done = 0;
  const work = async () => {
    while (performance.now() < start + turnLength) await ask(from + done++);
  };
  await Promise.all(Array.from({ length: callers }, work));
  const perSecond = (done / (performance.now() - start)) * 1000;
  return { perSecond, cost: (((await usage?.())?.work ?? 0) - before) / done };
}

/** Calls per second of each kind: turn by turn, after one turn that does not count. */
async function rates(kinds: Record<string, Ask>, usage?: Usage): Promise<Figures> {
  const measured = new Map(
    Object.keys(kinds).map((kind) => [kind, [] as { perSecond: number; cost: number }[]]),
  );
  for (let turn = 0; turn <= turns; turn++)
    for (const [kind, ask] of Object.entries(kinds)) {
      const result = await oneTurn(ask, turn * 10_007, usage);
      if (turn > 0) measured.get(kind)?.push(result);
    }
  const figures: Figures = {};
  for (const [kind, all] of measured) {
    figures[`${kind}/s`] = Math.round(median(all.map(({ perSecond }) => perSecond)));
    if (usage) figures[`${kind}, µs`] = Math.round(median(all.map(({ cost }) => cost)));
  }
  return figures;
}

/** Milliseconds that one call takes when nobody else asks. */
async function milliseconds(ask: Ask, times: number): Promise<number> {
  const all: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await ask(turn);
    all.push(performance.now() - start);
  }
  return Math.round(median(all) * 10) / 10;
}

/** Documents per second in batches of a thousand, one after the other. */
async function fill(collection: Collection<Thing>, size: number): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < size; from += 1000)
    await collection.insertMany(
      Array.from({ length: Math.min(1000, size - from) }, (_, at) => make(from + at, size)),
    );
  return Math.round((size / (performance.now() - start)) * 1000);
}

async function measure(url: string, size: number, usage?: Usage): Promise<Figures> {
  const connection = await mongoose
    .createConnection(url, { writeConcern: { w: 'majority' }, maxPoolSize: 20 })
    .asPromise();
  try {
    await connection.dropDatabase();
    const Model = connection.model('Thing', schema);
    await Model.createCollection();
    await Model.ensureIndexes();
    const collection = Model.collection as unknown as Collection<Thing>;
    const filled = await fill(collection, size);
    const any = (turn: number) => (turn * 7919) % size;
    const page = (turn: number) =>
      Model.find({ group: turn % 50 })
        .sort({ date: -1 })
        .limit(20)
        .lean();
    const perSecond = await rates(
      {
        'by _id': (turn) => Model.findById(idOf(any(turn))).lean(),
        'indexed findOne': (turn) => Model.findOne({ code: `code-${any(turn)}` }).lean(),
        'sorted page of 20': page,
      },
      usage,
    );
    const pageTakes = await milliseconds(page, 100);
    const scanTakes = await milliseconds(
      (turn) => Model.findOne({ free: Math.floor((size * (turn + 0.5)) / turns) }).lean(),
      turns,
    );
    const aggregation = await milliseconds(
      () =>
        collection
          .aggregate([
            { $match: { free: { $gte: 0 } } },
            { $group: { _id: '$group', n: { $sum: 1 }, last: { $max: '$date' } } },
            { $sort: { n: -1 } },
          ])
          .toArray(),
      3,
    );
    const started = performance.now();
    await collection.createIndex({ free: 1, date: 1 });
    const build = Math.round(performance.now() - started);
    await collection.dropIndex('free_1_date_1');
    let next = size;
    const written = await rates(
      {
        updateOne: (turn) =>
          Model.updateOne({ code: `code-${any(turn)}` }, { $inc: { free: 1 }, $set: { date: new Date() } }),
        'single inserts': () => collection.insertOne(make(next++, size)),
      },
      usage,
    );
    return {
      'batch inserts/s': filled,
      ...perSecond,
      'page of 20, ms': pageTakes,
      'unindexed findOne/s': Math.round(10_000 / scanTakes) / 10,
      ...written,
      'aggregation ms': aggregation,
      'index build ms': build,
    };
  } finally {
    await connection.close();
  }
}

async function embedded(size: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-documents-'));
  const script = fileURLToPath(new URL('./documents/engine.js', import.meta.url));
  const engine = fork(script, [join(folder, 'documents.sqlite')], { stdio: 'inherit' });
  try {
    const [{ url }] = (await once(engine, 'message')) as [{ url: string }];
    const usage: Usage = async () => {
      engine.send('usage');
      return (await once(engine, 'message'))[0];
    };
    const figures = await measure(url, size, usage);
    const { now, most } = await usage();
    return { ...figures, 'memory MiB': Math.round(now), 'most MiB': Math.round(most) };
  } finally {
    engine.disconnect();
    await once(engine, 'exit');
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '1k,10k,100k,1M' } } });
const sizes = values.sizes
  .split(',')
  .map((word) => Number(word.replace(/k$/, '000').replace(/M$/, '000000')));
if (sizes.some((size) => !Number.isInteger(size) || size < 1))
  throw new Error(`--sizes wants numbers such as 1k,10k,1M, not ${values.sizes}`);
const { MONGODB_URL } = readConfig();

const table: Record<string, Figures> = {};
for (const size of sizes) {
  table[`embedded, ${size.toLocaleString('en')}`] = await embedded(size);
  if (MONGODB_URL) {
    const url = new URL(MONGODB_URL);
    url.pathname = '/bench';
    table[`MongoDB, ${size.toLocaleString('en')}`] = await measure(url.href, size);
  }
  const columns = Object.keys(table);
  const kinds = Object.keys(Object.values(table)[0] ?? {});
  console.table(
    Object.fromEntries(
      kinds.map((kind) => [kind, Object.fromEntries(columns.map((name) => [name, table[name]?.[kind]]))]),
    ),
  );
}
