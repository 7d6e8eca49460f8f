import { Dictionary, readTradeTerms } from './dictionary.ts';
import { Pinyin } from './pinyin.ts';
import { Speller } from './speller.ts';
import { TextAnalysis } from './terms.ts';

/** Raise it when texts are analysed differently: indexes are then built anew. */
export const analysisVersion = 5;

/** All that is known of the language. One a process: the dictionaries take some 60 MiB. */
export class Analysis {
  readonly pinyin = new Pinyin();
  readonly dictionary: Dictionary;
  readonly texts: TextAnalysis;
  readonly speller: Speller;

  constructor(tradeTerms: readonly string[] = readTradeTerms()) {
    this.dictionary = new Dictionary(tradeTerms);
    this.texts = new TextAnalysis(this.dictionary, this.pinyin);
    this.speller = new Speller(tradeTerms, this.pinyin);
  }

  /** Takes the terms of the vocabularies in, for cutting queries and putting them right. */
  extend(terms: readonly string[]): void {
    this.dictionary.extend(terms);
    this.speller.add(terms);
  }
}

export { fold, foldWithPlaces } from './fold.ts';
export { markHits, plainExcerpt } from './mark.ts';
export {
  looserReadings,
  type PlannedQuery,
  planQuery,
  type Reading,
  type Strictness,
  type Synonyms,
  shortFields,
  spelledFields,
  within,
} from './query-plan.ts';
export { type QueryText, readQuery } from './query-text.ts';
export { joinedWords } from './units.ts';
