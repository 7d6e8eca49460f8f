import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from '@jest/globals';
import { referencesIn } from '../../../server/backups/object-references.ts';
import { BlobModel } from '../../../server/blobs/model.ts';
import { type Made, NotConvertible, type Task } from '../../../server/derive/convert/conversion.ts';
import type { Converters } from '../../../server/derive/converters.ts';
import { readOutput } from '../../../server/derive/lookup.ts';
import { make } from '../../../server/derive/make.ts';
import { DerivativeModel } from '../../../server/derive/model.ts';
import type { Wish } from '../../../server/derive/want.ts';
import { zipOf } from '../../zip-of.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

let stored: Map<string, Buffer>;
let reads: number;
let wanted: string[][];
beforeEach(async () => {
  stored = new Map();
  reads = 0;
  wanted = [];
  await BlobModel.deleteMany({});
  await DerivativeModel.deleteMany({});
});

const platform = {
  clock: () => new Date(),
  log: { warn: () => {} },
  config: { MAX_FILE_SIZE: 1e9 },
  jobs: { enqueue: async (_: string, { recipes }: Wish) => void wanted.push(recipes) },
  objects: {
    engine: 'memory',
    get: async (key: string, { first = 0, last = Number.POSITIVE_INFINITY } = {}) => {
      reads++;
      return Readable.from([(stored.get(key) ?? Buffer.alloc(0)).subarray(first, last + 1)]);
    },
    put: async (key: string, bytes: AsyncIterable<Uint8Array>) => {
      stored.set(key, Buffer.concat(await Readable.from(bytes).toArray()));
      return { size: 0 };
    },
    delete: async (key: string) => void stored.delete(key),
  },
} as unknown as Parameters<typeof make>[0];
const work = { tell: () => {}, signal: new AbortController().signal };

async function follow(
  wish: Omit<Wish, 'sha256'>,
  bytes: Buffer,
  convert: (task: Task) => Promise<Made>,
): Promise<Record<string, string>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  stored.set('blob', bytes);
  const { length: size } = bytes;
  await BlobModel.collection.insertOne({ _id: sha256 as never, key: 'blob', size, state: 'stored' });
  const converters = { run: convert } as unknown as Converters;
  await make(platform, converters, { sha256, ...wish }, work);
  const made = await DerivativeModel.find().lean();
  return Object.fromEntries(made.map(({ recipe, state, reason }) => [recipe, reason ?? state]));
}

test('a drawing is read once: its picture and its light copy are made of the model that was made of it', async () => {
  const tasks: Task[] = [];
  const states = await follow(
    { recipes: ['model', 'thumbnails', 'light'], mediaType: 'model/step' },
    Buffer.from('ISO-10303-21;'),
    async (task) => {
      tasks.push(task);
      if (task.recipe !== 'model') return { facts: {} };
      const file = join(task.folder, 'packed.glb');
      await writeFile(file, 'glTF');
      return { facts: {}, files: [{ name: 'packed', file, mediaType: 'model/gltf-binary' }] };
    },
  );
  expect(states).toEqual({ model: 'done', thumbnails: 'done', light: 'done' });
  expect(reads).toBe(1);
  expect(tasks.map(({ siblings: { packed = '' } = {} }) => packed.split('/').at(-1))).toEqual([
    '',
    'packed.glb',
    'packed.glb',
  ]);
});

test('pictures of several sizes lie in one object, and each is read out of it', async () => {
  const wish: Omit<Wish, 'sha256'> = { recipes: ['thumbnails'], mediaType: 'application/pdf' };
  await follow(wish, Buffer.from('%PDF'), async ({ folder }) => {
    const names = ['small', 'medium', 'large'];
    for (const name of names) await writeFile(join(folder, name), `picture ${name}`);
    const files = names.map((name) => ({ name, file: join(folder, name), mediaType: 'image/webp' }));
    return {
      facts: {},
      files: [...files, { name: 'tiny', file: join(folder, 'small'), mediaType: 'image/webp' }],
    };
  });
  const [made] = await DerivativeModel.find().lean();
  const outputs = made?.outputs ?? [];
  expect(new Set(outputs.map(({ key }) => key)).size).toBe(1);
  const texts = await Promise.all(outputs.map(async (output) => text(await readOutput(platform, output))));
  expect(texts).toEqual(['picture small', 'picture medium', 'picture large', 'picture small']);
  const [reference, another] = referencesIn('derivatives')?.({ outputs }) ?? [];
  expect(another).toBeUndefined();
  const bytes = stored.get(reference?.key ?? '') ?? Buffer.alloc(0);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(reference).toEqual({ key: outputs[0]?.key, sha256, size: bytes.length });
});

test('what one recipe cannot make does not keep the others from it', async () => {
  const states = await follow(
    { recipes: ['thumbnails', 'text'], mediaType: 'image/png' },
    Buffer.from('png'),
    async ({ recipe }) => {
      if (recipe === 'thumbnails') throw new NotConvertible('too-many-pixels');
      return { facts: {} };
    },
  );
  expect(states).toEqual({ thumbnails: 'too-many-pixels', text: 'done' });
  expect(wanted).toEqual([]);
});

test('AVIF of a picture is asked for once there are thumbnails', async () => {
  const wish: Omit<Wish, 'sha256'> = { recipes: ['thumbnails', 'text'], mediaType: 'image/png' };
  expect(await follow(wish, Buffer.from('png'), async () => ({ facts: {} }))).toMatchObject({
    thumbnails: 'done',
    avif: 'waiting',
  });
  expect(wanted).toEqual([['avif']]);
});

test('a zip with a model is opened for its words, and what the model gives is asked for', async () => {
  const zip = await zipOf({ 'scene.gltf': '{}', 'readme.txt': '说明' });
  const seen: string[] = [];
  const states = await follow({ recipes: ['text'], mediaType: 'application/zip' }, zip, async (task) => {
    seen.push(...(task.entries ?? []).map(({ path }) => path));
    return { facts: {} };
  });
  expect(seen).toEqual(['scene.gltf']);
  expect(states).toEqual({ text: 'done', model: 'waiting', thumbnails: 'waiting', light: 'waiting' });
});

test('a zip that is none says so for all that was asked for', async () => {
  const broken = Buffer.from('PK no zip');
  const wish: Omit<Wish, 'sha256'> = { recipes: ['model', 'light'], mediaType: 'application/zip' };
  expect(await follow(wish, broken, async () => ({ facts: {} }))).toEqual({
    model: 'damaged',
    light: 'damaged',
  });
});
