import type { Said } from '../http/contract.ts';
import { ShortMemory } from '../short-memory.ts';
import { type StoredTerm, TermModel, VocabularyModel } from './model.ts';
import { codeFinder, withDescendants } from './rules.ts';

/** What other rooms ask of vocabularies. Terms are few and read often: each vocabulary is kept for some seconds. */

export type LabelledTerm = Pick<
  StoredTerm,
  'code' | 'labels' | 'synonyms' | 'parent' | 'retired' | 'mergedInto'
>;

/** In milliseconds. */
export const remembered = 5_000;
const memory = new ShortMemory<Map<string, LabelledTerm>>({
  milliseconds: remembered,
  most: 1_000,
  steady: true,
});

/**
 * The terms of a vocabulary by code, retired and merged ones too; at most some seconds old, and the same map while they
 * are the same.
 */
export function termsOf(vocabulary: string): Promise<ReadonlyMap<string, LabelledTerm>> {
  return memory.get(vocabulary, async () => {
    const found = await TermModel.find({ vocabulary }).sort({ position: 1, code: 1 }).lean();
    return new Map(found.map((term) => [term.code, term]));
  });
}

/** These terms and all that stand below them, by code; read anew, as `codeFinderOf` does. */
export async function codesBelow(vocabulary: string, codes: readonly string[]): Promise<string[]> {
  const terms = await TermModel.find({ vocabulary }, { code: 1, parent: 1 }).lean();
  return [...new Set(codes.flatMap((code) => withDescendants(terms, code)))];
}

/** What a vocabulary is called; by its key where there is none. */
export async function nameOfVocabulary(key: string): Promise<Said> {
  const found = await VocabularyModel.findOne({ key }, { labels: 1 }).lean();
  return found?.labels ?? { 'zh-CN': key, en: key };
}

/**
 * What finds the code that a text stands for in a vocabulary (`codeFinder`). It is read anew each time: what is about to
 * be stored must not miss a merge of some seconds ago.
 */
export async function codeFinderOf(vocabulary: string): Promise<(text: string) => string | undefined> {
  return codeFinder(await TermModel.find({ vocabulary }).lean());
}
