import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Recipe } from '../../../server/derive/contract.ts';
import { Converters } from '../../../server/derive/converters.ts';
import { type Limits, limitsFor } from '../../../server/derive/recipes.ts';

interface Options {
  /** Instead of those of the recipe. */
  limits?: Pick<Limits, 'time' | 'memory'>;
  signal?: AbortSignal;
  packs?: boolean;
}

/** Converters and a folder for the tests of a file, which end with them. */
export function converting() {
  const converters = new Converters();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'courseyard-converting-'));
  });
  afterAll(async () => {
    converters.stop();
    await rm(folder, { recursive: true });
  });

  const newFolder = () => mkdtemp(join(folder, 'task-'));

  /** What is needed to have a recipe made of these bytes: a folder of its own with the file in it. */
  async function taskOf(bytes: string | Uint8Array, mediaType: string, recipe: Recipe) {
    const output = await newFolder();
    const source = join(output, 'source');
    await writeFile(source, bytes);
    return { recipe, mediaType, source, folder: output };
  }

  /** What a recipe makes of these bytes; fails with NotConvertible. */
  async function convert(
    bytes: string | Uint8Array,
    mediaType: string,
    recipe: Recipe = 'thumbnails',
    { limits = limitsFor(recipe, mediaType), signal, packs = false }: Options = {},
  ) {
    const task = { ...(await taskOf(bytes, mediaType, recipe)), packs };
    return converters.run(task, limits, signal && { signal });
  }

  return { converters, newFolder, taskOf, convert };
}
