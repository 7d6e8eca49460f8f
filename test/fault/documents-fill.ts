import { MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';

/**
 * A process of its own that writes until there is no more room, reads what it wrote, and tells: `node
 * documents-fill.js FILE` prints `{ written, code, readable }`.
 */
const [file] = process.argv.slice(2);
if (!file) throw new Error('Name a file');
process.on('SIGXFSZ', () => {});

const engine = await startEngine({ file });
const client = await MongoClient.connect(engine.url);
const things = client.db('full').collection<{ _id: number; text: string }>('things');
let written = 0;
let code: unknown;
while (code === undefined && written < 1000) {
  try {
    await things.insertOne({ _id: written, text: 'x'.repeat(100_000) });
    written++;
  } catch (error) {
    code = (error as { code?: unknown }).code ?? (error as Error).message;
  }
}
const readable = await things.countDocuments({ text: { $exists: true } });
process.stdout.write(`${JSON.stringify({ written, code, readable })}\n`);
await client.close();
await engine.close();
