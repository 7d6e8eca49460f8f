import { foldName } from '../../../../server/vocabularies/contract.ts';
import { isFound } from '../../../components/finding.ts';

/** A term as a form offers it. */
export interface TermOption {
  readonly value: string;
  readonly label: string;
  /** Where it stands: the term above it. */
  readonly under?: string;
  /** Everything that it is found by (`foundBy`): labels, code, synonyms, their pinyin. */
  readonly words: string;
  /** What it may be called instead; a text that is one of these is the term. */
  readonly names?: readonly string[];
}

/** The terms that go by a text. */
export function namedBy(options: readonly TermOption[], text: string): ReadonlySet<string> {
  const name = foldName(text);
  if (name === '') return new Set();
  const called = options.filter(({ names = [] }) => names.some((one) => foldName(one) === name));
  return new Set(called.map(({ value }) => value));
}

/** Whether terms are found by a text, and all of them by nothing but how they sound: then it is hardly meant as a word. */
export function isSound(options: readonly TermOption[], text: string): boolean {
  const name = foldName(text);
  const found = name === '' ? [] : options.filter((option) => isFound(option, name));
  const holds = /^[ -~]+$/.test(name)
    ? (one: string) => latinWords(one).includes(latinWords(text))
    : (one: string) => foldName(one).includes(name);
  const isWord = ({ label, names = [] }: TermOption) => [label, ...names].some(holds);
  return found.length > 0 && !found.some(isWord);
}

/** Those in a text with a blank on either side: pinyin often stands somewhere inside of them, as sk in skills. */
const latinWords = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;

/** The only term that goes by a text, or the text: which of several is meant, nobody can tell. */
export function termCalled(options: readonly TermOption[], text: string): string {
  const [only = text, ...others] = namedBy(options, text);
  return others.length === 0 ? only : text;
}

/** The options with those of these values first, in their order. */
export function firstOf(options: readonly TermOption[], values: readonly string[]): TermOption[] {
  const chosen = values.flatMap((value) => options.find((option) => option.value === value) ?? []);
  return [...chosen, ...options.filter((option) => !chosen.includes(option))];
}
