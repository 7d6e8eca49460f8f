import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { referencesIn } from '../../../server/backups/object-references.ts';
import { BlobModel } from '../../../server/blobs/model.ts';
import { type Made, NotConvertible, type Task } from '../../../server/derive/convert/conversion.ts';
import { Converters } from '../../../server/derive/converters.ts';
import { readOutput } from '../../../server/derive/lookup.ts';
import { make, makeTogether } from '../../../server/derive/make.ts';
import { DerivativeModel, PassageModel } from '../../../server/derive/model.ts';
import { reasonIn } from '../../../server/derive/reasons.ts';
import type { Wish } from '../../../server/derive/want.ts';
import type { Work } from '../../../server/jobs/index.ts';
import { eventually } from '../../eventually.ts';
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
  await PassageModel.deleteMany({});
});

const platform = {
  clock: () => new Date(),
  log: { warn: () => {} },
  config: { MAX_FILE_SIZE: 1e9 },
  jobs: {
    enqueueAll: async (_: string, jobs: { data: Wish }[]) =>
      void wanted.push(...jobs.map(({ data }) => data.recipes)),
  },
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

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Stores a blob. Resolves with its SHA-256. */
async function bring(bytes: Buffer): Promise<string> {
  const sha256 = sha256Of(bytes);
  stored.set(sha256, bytes);
  const blob = { key: sha256, size: bytes.length, state: 'stored' };
  await BlobModel.collection.updateOne({ _id: sha256 as never }, { $setOnInsert: blob }, { upsert: true });
  return sha256;
}

async function follow(
  wish: Omit<Wish, 'sha256'>,
  bytes: Buffer,
  convert: (task: Task) => Promise<Made>,
): Promise<Record<string, string>> {
  const sha256 = await bring(bytes);
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

test('a zip with a name that leads out of it says which', async () => {
  const zip = await zipOf({ 'xx/secret.txt': '1' });
  const hostile = Buffer.from(zip.toString('latin1').replaceAll('xx/secret', '../secret'), 'latin1');
  const long = await zipOf({ [`${'工序卡片'.repeat(30)}.txt`]: '1' });
  const wish: Omit<Wish, 'sha256'> = { recipes: ['text'], mediaType: 'application/zip' };
  for (const [bytes, name] of [
    [hostile, '../secret.txt'],
    [long, '工序卡片工序卡片'],
  ] as const) {
    await DerivativeModel.deleteMany({});
    expect(await follow(wish, bytes, async () => ({ facts: {} }))).toEqual({ text: 'unsafe-entry' });
    const about = (await DerivativeModel.findOne().lean())?.about;
    expect(about).toContain(name);
    expect(reasonIn('en', 'unsafe-entry', { ...wish, about })).toContain(name);
  }
});

test('a zip that is none says so for all that was asked for', async () => {
  const broken = Buffer.from('PK no zip');
  const wish: Omit<Wish, 'sha256'> = { recipes: ['model', 'light'], mediaType: 'application/zip' };
  expect(await follow(wish, broken, async () => ({ facts: {} }))).toEqual({
    model: 'damaged',
    light: 'damaged',
  });
});

describe('a conversion', () => {
  const outcomeOf = async (fail: (task: Task, work: Partial<Work>) => Error) => {
    const tries: string[] = [];
    const sha256 = await bring(Buffer.from('RIFF'));
    const run: Converters['run'] = async (task, _, ofTask = {}) => {
      tries.push(task.recipe);
      if (task.recipe === 'playable') throw fail(task, ofTask);
      return { facts: {} };
    };
    const wish: Wish = { sha256, recipes: ['playable', 'media'], mediaType: 'video/x-msvideo' };
    const end = await make(platform, { run } as Converters, wish, work).catch((error: unknown) => error);
    const made = await DerivativeModel.findOne({ recipe: 'playable' }).lean();
    return { tries: tries.join(' '), end, reason: made?.reason };
  };
  const givenUp = (reason: string) => expect.objectContaining({ name: 'JobGivenUp', message: reason });

  test('that crashes or hangs is tried once more, and then its job is given up for that reason', async () => {
    const twice = 'playable playable media';
    expect(await outcomeOf(() => new Error('SIGSEGV'))).toEqual({
      tries: twice,
      end: givenUp('crashed'),
      reason: 'crashed',
    });
    const hung = await outcomeOf(() => new NotConvertible('took-too-long'));
    expect(hung).toEqual({ tries: twice, end: givenUp('took-too-long'), reason: 'took-too-long' });
  });

  test('that is only slow, for it tells how far it is, and one that lacks a program, are not tried again', async () => {
    const slow = await outcomeOf((_, { tell }) => {
      tell?.(0.4);
      return new NotConvertible('took-too-long');
    });
    expect(slow).toMatchObject({ tries: 'playable media', end: givenUp('took-too-long') });
    const lacking = await outcomeOf(() => new NotConvertible('program-missing'));
    expect(lacking).toMatchObject({ tries: 'playable media', end: givenUp('program-missing') });
  });

  test('of a file that is at fault itself ends its job, and the reason stands at the file', async () => {
    const damaged = await outcomeOf(() => new NotConvertible('damaged'));
    expect(damaged).toEqual({ tries: 'playable media', end: undefined, reason: 'damaged' });
  });
});

describe('pictures that are made together', () => {
  const converters = new Converters();
  afterAll(() => converters.stop());
  const good = (colour: string) =>
    sharp({ create: { width: 400, height: 300, channels: 3, background: colour } })
      .jpeg()
      .withExif({ IFD0: { ImageDescription: `Lathe ${colour}` } })
      .toBuffer();
  const bomb = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64000" height="64000"><rect width="9" height="9"/></svg>',
  );

  async function together(
    pictures: Buffer[],
    run: Converters['run'],
    patience = 60_000,
    giveWay: () => void = () => {},
  ) {
    const given: number[] = [];
    const recipes: Wish['recipes'] = ['thumbnails', 'text'];
    const wishes: Wish[] = [];
    for (const bytes of pictures) {
      const mediaType = bytes === bomb ? 'image/svg+xml' : 'image/jpeg';
      wishes.push({ sha256: await bring(bytes), mediaType, recipes });
    }
    const handBack = async (from: number) => void given.push(from);
    const outcomes = await makeTogether(
      platform,
      { run } as Converters,
      wishes,
      { ...work, handBack, giveWay },
      patience,
    );
    const made = await DerivativeModel.find({ recipe: 'thumbnails' }).lean();
    const stateOf = ({ sha256 }: Wish) => made.find(({ blob }) => blob === sha256);
    const states = wishes.map((wish) => stateOf(wish)?.reason ?? stateOf(wish)?.state);
    return { outcomes: outcomes.map(({ status }) => status), states, given };
  }

  test('are stored each for itself, with their words, and one that is hostile harms no other', async () => {
    let killed = 0;
    const run: Converters['run'] = (task, limits, of) => {
      const isHanging = task.source.includes('/2/') && task.recipe === 'thumbnails';
      if (isHanging) killed++;
      return converters.run(task, isHanging ? { ...limits, time: 1 } : limits, of);
    };
    const pictures = [await good('red'), bomb, await good('blue'), await good('green')];
    const { outcomes, states, given } = await together(pictures, run);
    expect(states).toEqual(['done', 'too-many-pixels', 'took-too-long', 'done']);
    expect(outcomes).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect([killed, given]).toEqual([2, []]);
    const texts = await PassageModel.find().sort({ text: 1 }).lean();
    expect(texts.map(({ text }) => text)).toEqual(['Lathe blue', 'Lathe green', 'Lathe red']);
    expect(wanted).toEqual([['avif'], ['avif']]);
    const keys = (await DerivativeModel.find({ state: 'done', 'outputs.0': { $exists: true } }).lean()).map(
      ({ outputs }) => outputs[0]?.key ?? '',
    );
    expect(keys.map((key) => stored.has(key))).toEqual([true, true]);
    expect(new Set(keys).size).toBe(2);
  });

  test('that are made again take the place of what was there, and nothing stays behind', async () => {
    const pictures = [await good('red'), await good('blue')];
    const run: Converters['run'] = (...task) => converters.run(...task);
    for (let time = 1; time <= 2; time++)
      expect((await together(pictures, run)).states).toEqual(['done', 'done']);
    expect([...stored.keys()].filter((key) => key.startsWith('derived/'))).toHaveLength(2);
    expect(await PassageModel.countDocuments()).toBe(2);
  });

  test('do not wait for one that takes long: what is made is stored, and the others are given back', async () => {
    let seen = 0;
    const run: Converters['run'] = async (task, ...limits) => {
      if (task.source.includes('/1/') && task.recipe === 'thumbnails')
        await eventually(async () => {
          seen = await DerivativeModel.countDocuments({ recipe: 'thumbnails', state: 'done' });
          expect(seen).toBe(1);
        });
      return converters.run(task, ...limits);
    };
    const { states, given } = await together([await good('red'), await good('blue'), bomb], run, 1);
    expect(given).toEqual([2]);
    expect(states).toEqual(['done', 'done', undefined]);
  });

  test('get ready while the one before is made', async () => {
    const begun: string[] = [];
    const run: Converters['run'] = async (task, ...limits) => {
      begun.push(task.source);
      const others = task.source.includes('/0/') ? 2 : 0;
      await eventually(async () => expect(begun.length).toBeGreaterThanOrEqual(others));
      return converters.run(task, ...limits);
    };
    const { states } = await together([await good('red'), await good('blue')], run);
    expect(states).toEqual(['done', 'done']);
  });

  test('let who is next get ready while the last of them is made', async () => {
    let hasGivenWay = false;
    const run: Converters['run'] = async (task, ...limits) => {
      if (task.source.includes('/1/')) await eventually(async () => expect(hasGivenWay).toBe(true));
      return converters.run(task, ...limits);
    };
    const pictures = [await good('red'), await good('blue')];
    const { states } = await together(pictures, run, 60_000, () => (hasGivenWay = true));
    expect(states).toEqual(['done', 'done']);
  });

  test('of which one cannot be read leave it for another try', async () => {
    const run: Converters['run'] = (...task) => converters.run(...task);
    const lost = await good('grey');
    const pictures = [await good('red'), lost];
    for (const bytes of pictures) await bring(bytes);
    await BlobModel.updateOne({ _id: sha256Of(lost) }, { $set: { state: 'damaged' } });
    const { outcomes, states } = await together(pictures, run);
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
    expect(states).toEqual(['done', undefined]);
  });
});
