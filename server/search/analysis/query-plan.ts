import type { Alternative, Group, Query } from '../../../storage/search/search-index.ts';
import type { Dictionary } from './dictionary.ts';
import { initialsMark, isInitials, isPinyin } from './pinyin.ts';
import type { AskedWord, QueryText } from './query-text.ts';
import {
  edgeMark,
  inside,
  insideMark,
  pairTerms,
  startMark,
  valueMark,
  wholeTerm,
  wordMark,
} from './terms.ts';
import { joinedWords, smallestParts, unitsOf } from './units.ts';

/**
 * How strictly a query is taken: every word as it was typed; without characters that stand alone beside a word; long
 * words as the shorter ones they are made of; only half of the words; or any of them. Each finds all that the one
 * before finds.
 */
export type Strictness = 'words' | 'longer' | 'parts' | 'half' | 'any';

/** Words that curators hold to mean the same as one, folded. */
export type Synonyms = (word: string) => readonly string[];

/** Fields that hold what people read. */
const textFields = ['title', 'terms', 'names', 'summary', 'body'] as const;
/** Fields that hold how short texts are typed. */
export const spelledFields = ['pinyin', 'labelPinyin'] as const;
/** Fields of short texts, where a word is also found by its beginning. */
export const shortFields = ['title', 'terms', 'names', 'summary'] as const;

const weights = {
  /** Neighbouring characters of which the words of the text are others: 车工 in 汽车工业. */
  across: 0.35,
  synonym: 0.75,
  squeezed: 0.95,
  parts: 0.7,
  beginning: 0.6,
  inside: 0.5,
};
const lifts = {
  phrase: { title: 3, terms: 1.5, summary: 1 },
  whole: { title: 2, terms: 1 },
  together: { title: 16, terms: 15, names: 14, summary: 13, body: 12 },
};

const longestPhrase = 4;

export interface PlannedQuery extends Query {
  /** What is to be marked where it stands: the searcher's own words before others that mean the same. */
  readonly own: readonly string[];
  /** The words that the groups ask for, in their order; the groups of named fields follow. */
  readonly words: readonly string[];
}

/** Makes the structured query; undefined when the text asks for nothing. */
export function planQuery(
  text: QueryText,
  strictness: Strictness,
  dictionary: Dictionary,
  synonyms: Synonyms = () => [],
): PlannedQuery | undefined {
  if (text.words.length + text.excluded.length + text.values.length === 0) return undefined;
  const asked = withPhrases(text.words, synonyms);
  const longer = strictness === 'words' ? asked : withPhrases(text.words.map(longerOf), synonyms);
  const words =
    strictness === 'words' || strictness === 'longer'
      ? longer
      : longer.flatMap((word) => partsOfWord(word, dictionary));
  const groups = words.map((word) => groupOf(word, dictionary, synonyms));
  const values = text.values.map(valueGroup);
  return {
    groups: [...groups, ...values],
    minimum: enoughOf(groups.length, strictness) + values.length,
    excluded: text.excluded.map((word) => groupOf(word, dictionary, () => [])),
    lifts: liftsOf(asked, longer, words, dictionary),
    needles: needlesOf(asked, words, synonyms),
    own: needlesOf(asked, words),
    words: words.map(({ text }) => text),
  };
}

/** The query, looking into these fields only. */
export function within(query: Query, fields: ReadonlySet<string>): Query {
  const groups = query.groups.map(({ any, ...group }) => ({
    ...group,
    any: any
      .map((one) => ({ ...one, fields: (one.fields ?? [...fields]).filter((field) => fields.has(field)) }))
      .filter((one) => one.fields.length > 0),
  }));
  return { ...query, groups };
}

export interface Reading {
  readonly strictness: Strictness;
  readonly query: PlannedQuery;
}

/** The ways to take a query less strictly than the one given, the strictest first, as far as they differ. */
export function looserReadings(
  strict: PlannedQuery,
  text: QueryText,
  dictionary: Dictionary,
  synonyms?: Synonyms,
): Reading[] {
  const values = text.values.length;
  const found: Reading[] = [];
  let parts = strict;
  for (const strictness of ['longer', 'parts'] as const) {
    const query = planQuery(text, strictness, dictionary, synonyms) ?? strict;
    if (JSON.stringify(query) === JSON.stringify(parts)) continue;
    found.push({ strictness, query });
    parts = query;
  }
  let before = parts.minimum;
  for (const strictness of ['half', 'any'] as const) {
    const minimum = enoughOf(parts.groups.length - values, strictness) + values;
    if (minimum < before) found.push({ strictness, query: { ...parts, minimum } });
    before = minimum;
  }
  return found;
}

/** How many of the words a document must match. */
function enoughOf(words: number, strictness: Strictness): number {
  const least = { words, longer: words, parts: words, half: Math.ceil(words / 2), any: 1 }[strictness];
  return Math.min(words, Math.max(1, least));
}

/** Texts to mark in a hit: the words, what they are made of, and what means the same. */
function needlesOf(
  asked: readonly AskedWord[],
  words: readonly AskedWord[],
  synonyms: Synonyms = () => [],
): string[] {
  const whole = asked.length > 1 ? [asked.map(({ text }) => text).join('')] : [];
  const single = words.flatMap(({ text }) => [text, ...synonyms(text)]);
  return [...new Set([...whole, ...asked.map(({ text }) => text), ...single])].slice(0, 24);
}

/** Neighbouring words that together have synonyms, as `digital twin` has, are one. */
function withPhrases(words: readonly AskedWord[], synonyms: Synonyms): readonly AskedWord[] {
  const joined: AskedWord[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let length = Math.min(longestPhrase, words.length - at); length > 1 && taken === 1; length--) {
      const some = words.slice(at, at + length);
      if (some.some(({ quoted }) => quoted)) continue;
      if (synonyms(textOf(some)).length > 0) taken = length;
    }
    const phrase = words.slice(at, at + taken);
    joined.push(...(taken > 1 ? [{ text: textOf(phrase), quoted: false }] : phrase));
    at += taken;
  }
  return joined;
}

const textOf = (words: readonly AskedWord[]): string => joinedWords(words.map(({ text }) => text));

const longerOf = ({ text, longer, quoted }: AskedWord): AskedWord => ({ text: longer ?? text, quoted });

function partsOfWord(word: AskedWord, dictionary: Dictionary): AskedWord[] {
  const { text } = word;
  if (!word.quoted && text.includes(' '))
    return text.split(' ').map((part) => ({ text: part, quoted: false }));
  if (word.quoted || !unitsOf(text)[0]?.han || text.length < 3) return [word];
  if (text.length === 3 && dictionary.isWord(text)) return [word];
  const parts = dictionary.parts(text).filter((part) => part.length > 1);
  return parts.length > 0 ? parts.map((part) => ({ text: part, quoted: false })) : [word];
}

function groupOf(word: AskedWord, dictionary: Dictionary, synonyms: Synonyms): Group {
  if (word.quoted) {
    const units = unitsOf(word.text);
    const terms = units.length > 1 ? pairTerms(units) : singleTerms(word.text);
    return { any: [{ terms, weight: 1, fields: textFields }], exactly: word.text };
  }
  const any = [...alternativesOf(word.text, dictionary), ...typedAs(word.text)];
  for (const other of synonyms(word.text))
    for (const alternative of alternativesOf(other, dictionary))
      any.push({ ...alternative, weight: alternative.weight * weights.synonym });
  return { any };
}

/** The ways in which a folded word stands in a text. */
function alternativesOf(word: string, dictionary: Dictionary): Alternative[] {
  const units = unitsOf(word);
  const [first] = units;
  if (!first) return [];
  if (units.length === 1) return first.han ? [beginning(first.text)] : runAlternatives(first.text);
  const pairs = pairTerms(units);
  if (!units.every(({ han }) => han)) return [{ terms: pairs, weight: 1, fields: textFields }];
  const whole = { terms: [wordMark + word], weight: 1, fields: textFields };
  // A shipped term is indexed as a word wherever it stands, so its pairs could only find what it is not.
  if (word.length > 2 && dictionary.isShipped(word)) return [whole];
  const asPairs = { terms: pairs, weight: 1, fields: textFields };
  if (!dictionary.isWord(word)) return [asPairs];
  return [whole, dictionary.isLate(word) ? asPairs : { ...asPairs, weight: weights.across }];
}

function beginning(character: string): Alternative {
  return { terms: [startMark + character], weight: 1, fields: shortFields };
}

function runAlternatives(run: string): Alternative[] {
  const fields = textFields;
  const any: Alternative[] = [{ terms: [run], weight: 1, fields }];
  const squeezed = run.replace(/[^\p{L}\p{N}]/gu, '');
  if (squeezed !== run && squeezed !== '') any.push({ terms: [squeezed], weight: weights.squeezed, fields });
  const parts = smallestParts(run);
  if (parts.length > 1) any.push({ terms: parts, weight: weights.parts, fields });
  if (/^[a-z]{4,}s$/.test(run)) any.push({ terms: [run.slice(0, -1)], weight: weights.squeezed, fields });
  if (run.length > 1 && run.length < 12)
    any.push({ terms: [edgeMark + run], weight: weights.beginning, fields: shortFields });
  if (run.length >= inside.shortest && run.length <= inside.longest)
    any.push({ terms: [insideMark + run], weight: weights.inside, fields: shortFields });
  return any;
}

/** Letters may be typed for Han characters: in full or as initials. Counts in the field of pinyin alone. */
function typedAs(word: string): Alternative[] {
  const any: Alternative[] = [];
  if (isPinyin(word)) any.push({ terms: [word], weight: 1, fields: spelledFields });
  if (isInitials(word)) any.push({ terms: [initialsMark + word], weight: 0.8, fields: spelledFields });
  return any;
}

function valueGroup({ name, text }: { name: string; text: string }): Group {
  const units = unitsOf(text);
  const terms = units.length > 1 ? pairTerms(units) : singleTerms(text);
  if (name === 'title') return { any: [{ terms, weight: 1, fields: ['title'] }] };
  return {
    any: [{ terms: terms.map((term) => `${valueMark}${name}:${term}`), weight: 1, fields: ['values'] }],
  };
}

/** The terms of a text of one unit. */
function singleTerms(text: string): string[] {
  const [unit] = unitsOf(text);
  return unit?.han ? [startMark + unit.text] : [unit?.text ?? text];
}

function liftsOf(
  asked: readonly AskedWord[],
  longer: readonly AskedWord[],
  words: readonly AskedWord[],
  dictionary: Dictionary,
): Query['lifts'] {
  const units = asked.flatMap(({ text }) => unitsOf(text));
  if (units.length === 0) return [];
  const found: Query['lifts'][number][] = [];
  const pairs = pairTerms(units);
  // Where one word meets the next: most texts that hold both hold them apart.
  const meeting = asked.length > 1 ? pairs[unitsOf(asked[0]?.text ?? '').length - 1] : undefined;
  const telling = meeting === undefined ? {} : { telling: meeting };
  for (const [field, by] of Object.entries(lifts.whole))
    found.push({ terms: [wholeTerm(units)], field, by, ...telling });
  if (asked.length > 1 && pairs.length > 0)
    for (const [field, by] of Object.entries(lifts.phrase))
      found.push({ terms: pairs, field, by, ...telling });
  // A long word that was taken apart is still best found whole, wherever that is.
  const apart = new Set([...asked, ...longer].map(({ text }) => text));
  for (const { text } of words) apart.delete(text);
  for (const text of apart)
    for (const alternative of alternativesOf(text, dictionary).slice(0, 1))
      for (const [field, by] of Object.entries(lifts.together))
        found.push({ terms: alternative.terms, field, by });
  return found;
}
