import { writeSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';

/**
 * A process of its own that writes until it is killed: `node documents-load.js FILE START`. What it is about to do and
 * what was acknowledged goes to standard output, line by line: `+` begun, `=` acknowledged.
 */
const [file, start] = process.argv.slice(2);
if (!file || !start) throw new Error('Name a file and the number of the first write');

const engine = await startEngine({ file, log: (message) => process.stderr.write(`${message}\n`) });
const client = await MongoClient.connect(engine.url);
const database = client.db('fault');
const singles = database.collection<{ _id: string; value: number; tags: string[] }>('singles');
const batches = database.collection<{ _id: string; batch: number; mark: number }>('batches');
await singles.createIndex({ value: 1 });
await singles.createIndex({ tags: 1 });
await batches.createIndex({ batch: 1, mark: 1 });

let next = Number(start);
const say = (sign: '+' | '=', ...words: (string | number)[]) => writeSync(1, `${sign} ${words.join(' ')}\n`);

async function insert(): Promise<void> {
  const id = `s${next++}`;
  say('+', 'insert', id);
  await singles.insertOne({ _id: id, value: 0, tags: ['new', id] });
  say('=', 'insert', id);
}

async function insertBatch(): Promise<void> {
  const batch = next++;
  await batches.insertMany(
    Array.from({ length: 20 }, (_, at) => ({ _id: `${batch}-${at}`, batch, mark: 0 })),
  );
  say('=', 'batch', batch);
}

async function mark(): Promise<void> {
  const batch = Number(start) + Math.floor(Math.random() * (next - Number(start)));
  await batches.updateMany({ batch }, { $set: { mark: next++ } });
}

async function count(): Promise<void> {
  const found = await singles.findOneAndUpdate(
    { _id: 'counter' },
    { $inc: { value: 1 }, $set: { tags: ['counted', String(next)] } },
    { upsert: true, returnDocument: 'after' },
  );
  say('=', 'count', found?.value ?? 0);
}

async function remove(): Promise<void> {
  const found = await singles.findOne({ tags: 'new', value: 0 });
  if (!found) return;
  say('+', 'remove', found._id);
  await singles.deleteOne({ _id: found._id });
  say('=', 'remove', found._id);
}

/** Builds an index and drops it: a kill in between leaves none, or a whole one. */
async function build(): Promise<void> {
  const name = await batches.createIndex({ mark: 1, batch: 1 });
  await batches.dropIndex(name);
}

const kinds = [insert, insert, insertBatch, mark, count, remove];

async function work(): Promise<never> {
  for (;;) await (kinds[Math.floor(Math.random() * kinds.length)] as () => Promise<void>)();
}

writeSync(1, 'ready\n');
const builder = async (): Promise<never> => {
  for (;;) await build();
};
await Promise.all([builder(), ...Array.from({ length: 6 }, work)]);
