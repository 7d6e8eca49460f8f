import { type LabelledTerm, termsOf } from '../vocabularies/index.ts';
import { type Analysis, fold, joinedWords } from './analysis/index.ts';

/** The vocabularies whose terms describe resources, and the one in which curators say what means the same. */
export const describing = ['majors', 'courses', 'jobs', 'certificates', 'material-types', 'levels'] as const;
export const synonymVocabulary = 'synonyms';

/** Shorter words mean too many things to stand for each other. */
const shortestSynonym = 2;
const mostSynonyms = 8;

export interface KnownTerm {
  readonly vocabulary: string;
  readonly code: string;
  readonly label: string;
  /** What else it is called, as it is written. */
  readonly otherNames: readonly string[];
  /** Label, label in English and synonyms, folded; the label first. */
  readonly words: readonly string[];
  /** How the label is typed in pinyin and by initials. */
  readonly typed: ReadonlySet<string>;
}

/** What the vocabularies say about words, read again every few seconds while it is asked for. */
export class VocabularyWords {
  private readonly analysis: Analysis;
  private readonly log: (error: unknown) => void;
  private synonyms = new Map<string, string[]>();
  private terms: readonly KnownTerm[] = [];
  private vocabularies: readonly ReadonlyMap<string, LabelledTerm>[] = [];
  private readAt = 0;
  private reading: Promise<void> | undefined;

  constructor(analysis: Analysis, log: (error: unknown) => void) {
    this.analysis = analysis;
    this.log = log;
  }

  /** Folded words that mean the same as this one. */
  readonly synonymsOf = (word: string): readonly string[] => {
    this.renew();
    return this.synonyms.get(word) ?? [];
  };

  /** The same list while the vocabularies, and so all that they say about words, are the same. */
  get known(): readonly KnownTerm[] {
    this.renew();
    return this.terms;
  }

  /** Reads the vocabularies now. */
  async read(): Promise<void> {
    const names = [...describing, synonymVocabulary];
    const vocabularies = await Promise.all(names.map(termsOf));
    if (vocabularies.every((one, at) => one === this.vocabularies[at])) return;
    const synonyms = new Map<string, string[]>();
    const terms: KnownTerm[] = [];
    for (const [at, vocabulary] of names.entries()) {
      for (const term of vocabularies[at]?.values() ?? []) {
        if (term.retired || term.mergedInto) continue;
        const names = wordsOf(term);
        const words = [...new Set(names.map(fold))].filter((word) => word !== '');
        for (const word of words)
          if (word.length >= shortestSynonym)
            for (const typed of new Set([word, joinedWords(word.split(' '))]))
              synonyms.set(typed, distinct([...(synonyms.get(typed) ?? []), ...words], word));
        if (vocabulary === synonymVocabulary) continue;
        const typed = new Set(this.analysis.texts.spelled(names.slice(0, 1)));
        const [label = '', ...otherNames] = names;
        terms.push({ vocabulary, code: term.code, label, otherNames, words, typed });
      }
    }
    this.vocabularies = vocabularies;
    this.synonyms = synonyms;
    this.terms = terms;
    this.analysis.extend([...synonyms.keys()].filter((word) => word.length <= 12));
  }

  private renew(): void {
    const now = performance.now();
    if (this.reading || now - this.readAt < 10_000) return;
    this.readAt = now;
    this.reading = this.read()
      .catch(this.log)
      .finally(() => {
        this.reading = undefined;
      });
  }
}

/** Every text under which a term is known. */
export function wordsOf({ labels, synonyms }: LabelledTerm): string[] {
  return [labels['zh-CN'], labels.en, ...synonyms].filter((text) => text !== '');
}

function distinct(words: readonly string[], except: string): string[] {
  return [...new Set(words)].filter((word) => word !== except).slice(0, mostSynonyms);
}
