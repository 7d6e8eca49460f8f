import type { Facts, Reason, Recipe } from '../contract.ts';
import type { StoredPassage } from '../model.ts';

/** What a converter is asked for. */
export interface Task {
  recipe: Recipe;
  mediaType: string;
  /** path of a copy of the blob, or for ffmpeg an address from which it can be read in ranges */
  source: string;
  /** folder for what it makes, empty */
  folder: string;
}

export type Passage = Pick<StoredPassage, 'unit' | 'at' | 'text'>;

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
}

/** Nothing can be made of this file, however often it is tried. */
export class NotConvertible extends Error {
  override readonly name = 'NotConvertible';
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

const mostPassages = 5000;
const longestPassage = 20_000;
const mostCharacters = 8_000_000;

/** Passages in bounds, without empty ones and with white space made even. */
export function bounded(passages: Iterable<Passage>): Passage[] {
  const result: Passage[] = [];
  let characters = 0;
  for (const { unit, at, text } of passages) {
    const even = text
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim()
      .slice(0, longestPassage);
    if (even === '') continue;
    characters += even.length;
    if (result.length >= mostPassages || characters > mostCharacters) break;
    result.push({ unit, at, text: even });
  }
  return result;
}
