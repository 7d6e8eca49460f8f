import type { Facts, Reason, Recipe } from '../contract.ts';
import type { StoredPassage } from '../model.ts';

/** What a converter is asked for. */
export interface Task {
  recipe: Recipe;
  mediaType: string;
  /** path of a copy of the blob, or for ffmpeg an address from which it can be read in ranges */
  source: string;
  /** folder for what it makes */
  folder: string;
  /** of a model, the folder in which the parts lie that it may name; none when missing */
  parts?: string;
  /** files out of a package that are to be read, each with the path of a copy; the package itself is not there */
  entries?: { path: string; file: string }[];
  /** what lies in a package that neither shows nor tells anything itself */
  names?: string[];
  /** whether the model is to be handed out as one binary file, since what was uploaded is none */
  packs?: boolean;
  /** paths of what other recipes have just made of the same source, by name */
  siblings?: Readonly<Record<string, string>>;
  /** everything that is to be made of the source, when some of it comes on the way */
  wanted?: readonly Recipe[];
}

export type Passage = Pick<StoredPassage, 'unit' | 'at' | 'text' | 'entry'>;

/** A file that a converter has made. */
export interface MadeFile {
  /** by which it is asked for */
  name: string;
  /** in the folder of the task */
  file: string;
  mediaType: string;
  /** of a picture, in pixels */
  width?: number;
  height?: number;
}

export interface Made {
  facts: Facts;
  files?: MadeFile[];
  passages?: Passage[];
  /** what came of other recipes on the way */
  also?: Partial<Record<Recipe, Made>>;
}

const longestName = 200;

/** Nothing can be made of this file, however often it is tried. */
export class NotConvertible extends Error {
  override readonly name = 'NotConvertible';
  readonly reason: Reason;
  /** the part of the file that is at fault, when it is one */
  readonly about: string | undefined;

  constructor(reason: Reason, about?: string) {
    super(reason);
    this.reason = reason;
    this.about = about?.slice(0, longestName);
  }
}

const mostPassages = 5000;
const longestPassage = 20_000;
const mostCharacters = 8_000_000;

/** Passages in bounds, without empty ones and with white space made even; a long one in pieces of the same place. */
export function bounded(passages: Iterable<Passage>): Passage[] {
  const result: Passage[] = [];
  let characters = 0;
  for (const { text, ...place } of passages) {
    const even = text
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim();
    for (let from = 0; from < even.length; from += longestPassage) {
      const piece = even.slice(from, from + longestPassage);
      characters += piece.length;
      if (result.length >= mostPassages || characters > mostCharacters) return result;
      result.push({ ...place, text: piece });
    }
  }
  return result;
}

export const charactersIn = (passages: readonly Passage[]): number =>
  passages.reduce((sum, { text }) => sum + text.length, 0);
