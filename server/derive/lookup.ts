import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Platform } from '../platform.ts';
import type { FileDerivative, Recipe } from './contract.ts';
import { type Derivative, DerivativeModel, type Output, PassageModel, type StoredPassage } from './model.ts';

/** What has been made of these blobs, or why it could not be, by SHA-256. */
export async function derivativesOf(sha256s: readonly string[]): Promise<Map<string, Derivative[]>> {
  const found = await DerivativeModel.find({ blob: { $in: [...new Set(sha256s)] } }).lean();
  const byBlob = new Map<string, Derivative[]>();
  for (const derivative of found) {
    const others = byBlob.get(derivative.blob);
    if (others) others.push(derivative);
    else byBlob.set(derivative.blob, [derivative]);
  }
  // Here, where there are a few of each: the database would have to look into all of them.
  for (const made of byBlob.values()) made.sort((one, other) => (one.recipe < other.recipe ? 1 : -1));
  return byBlob;
}

/** How far each recipe has come with these blobs, by SHA-256. */
export async function statesOf(sha256s: readonly string[]) {
  const states = new Map<string, Partial<Record<Recipe, z.output<typeof FileDerivative>>>>();
  for (const [sha256, made] of await derivativesOf(sha256s))
    states.set(
      sha256,
      Object.fromEntries(
        made.map(({ recipe, state, reason, progress }) => [
          recipe,
          { state, ...(reason && { reason }), ...(progress !== undefined && { progress }) },
        ]),
      ),
    );
  return states;
}

/** Something that was made of a blob, by its name; undefined when it was not. */
export async function outputOf(sha256: string, name: string): Promise<Output | undefined> {
  // The pages of an Office file, by `pdf`, say more than the picture that was saved with it, by `thumbnails`.
  const found = await DerivativeModel.findOne({ blob: sha256, 'outputs.name': name })
    .sort({ recipe: 1 })
    .lean();
  return found?.outputs.find((output) => output.name === name);
}

/** The bytes of something that was made, or a stretch of them. @throws NoSuchObject */
export function readOutput(
  { objects }: Pick<Platform, 'objects'>,
  { key, size, within }: Output,
  range = { first: 0, last: size - 1 },
): Promise<Readable> {
  const at = within?.at ?? 0;
  return objects.get(key, { first: at + range.first, last: at + Math.min(range.last, size - 1) });
}

/** A page, slide, sheet, second or section of a file, as search shows it. */
export interface TextPassage {
  /** path of the file */
  file: string;
  text: string;
  page?: number;
  slide?: number;
  seconds?: number;
  sheet?: string;
  section?: string;
  /** path of the file inside of a package, in which it stands */
  entry?: string;
}

/** The text of these files, passage by passage in order. */
export async function textOf(files: readonly { path: string; sha256: string }[]): Promise<TextPassage[]> {
  const found = await PassageModel.find({ blob: { $in: [...new Set(files.map(({ sha256 }) => sha256))] } })
    .sort({ blob: 1, n: 1 })
    .lean();
  const byBlob = new Map<string, StoredPassage[]>();
  for (const passage of found) {
    const others = byBlob.get(passage.blob);
    if (others) others.push(passage);
    else byBlob.set(passage.blob, [passage]);
  }
  return files.flatMap(({ path, sha256 }) =>
    inOrder(byBlob.get(sha256) ?? []).map(({ unit, at, entry, text }) => ({
      file: path,
      text,
      [unit]: at,
      ...(entry !== undefined && { entry }),
    })),
  );
}

/** Pages whose text was read out of their picture come between the others. */
function inOrder(passages: readonly StoredPassage[]): readonly StoredPassage[] {
  const pageOf = ({ unit, at }: StoredPassage) => (unit === 'page' ? Number(at) : 0);
  return passages.toSorted((a, b) => pageOf(a) - pageOf(b));
}
