import type { Said } from '../http/contract.ts';
import { ShortMemory } from '../short-memory.ts';
import { type StoredTerm, TermModel, VocabularyModel } from './model.ts';
import { codeFinder } from './rules.ts';

/** What other rooms ask of vocabularies. Terms are few and read often: each vocabulary is kept for some seconds. */

export type LabelledTerm = Pick<
  StoredTerm,
  'code' | 'labels' | 'synonyms' | 'parent' | 'retired' | 'mergedInto'
>;

const memory = new ShortMemory<Map<string, LabelledTerm>>({ milliseconds: 5_000, most: 1_000, steady: true });

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
