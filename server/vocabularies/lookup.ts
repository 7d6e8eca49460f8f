import { ShortMemory } from '../short-memory.ts';
import { type StoredTerm, TermModel } from './model.ts';

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

/** Those of the codes that the vocabulary does not have. */
export async function unknownCodes(vocabulary: string, codes: readonly string[]): Promise<string[]> {
  const stored = await TermModel.distinct('code', { vocabulary, code: { $in: [...codes] } });
  return codes.filter((code) => !stored.includes(code));
}
