import { type StoredTerm, TermModel } from './model.ts';

/** What other rooms ask of vocabularies. Terms are few and read often: each vocabulary is kept for some seconds. */

export type LabelledTerm = Pick<
  StoredTerm,
  'code' | 'labels' | 'synonyms' | 'parent' | 'retired' | 'mergedInto'
>;

const keptFor = 5_000;
const kept = new Map<string, { until: number; terms: Promise<Map<string, LabelledTerm>> }>();

/** The terms of a vocabulary by code, retired and merged ones too; at most some seconds old. */
export function termsOf(vocabulary: string): Promise<ReadonlyMap<string, LabelledTerm>> {
  const known = kept.get(vocabulary);
  if (known && known.until > Date.now()) return known.terms;
  const terms = TermModel.find({ vocabulary })
    .sort({ position: 1, code: 1 })
    .lean()
    .then((found) => new Map(found.map((term): [string, LabelledTerm] => [term.code, term])));
  kept.set(vocabulary, { until: Date.now() + keptFor, terms });
  terms.catch(() => kept.delete(vocabulary));
  return terms;
}

/** Those of the codes that the vocabulary does not have. */
export async function unknownCodes(vocabulary: string, codes: readonly string[]): Promise<string[]> {
  const stored = await TermModel.distinct('code', { vocabulary, code: { $in: [...codes] } });
  return codes.filter((code) => !stored.includes(code));
}
