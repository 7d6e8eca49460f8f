import type { z } from 'zod';
import type { SearchIndex } from '../../storage/search/search-index.ts';
import { audienceKeysOf, type Member } from '../access/index.ts';
import { allOrganisations } from '../members/index.ts';
import {
  fold,
  markHits,
  plainExcerpt,
  planQuery,
  readQuery,
  shortFields,
  spelledFields,
  within,
} from './analysis/index.ts';
import type { Suggestion } from './contract.ts';
import type { SearchRoom } from './room.ts';

type Given = z.input<typeof Suggestion>;

/** Fields in which a word that is being typed is looked for; not in pages: what is typed is a name. */
const typedFields = new Set<string>([...shortFields, ...spelledFields, 'values']);
/** At least so many places are for resources, when there are any. */
const resourcesAtLeast = 3;

/** Completions for what is being typed: terms and organisations by name, then resources that the member may see. */
export async function suggestFor(
  room: SearchRoom,
  index: SearchIndex | undefined,
  member: Member,
  q: string,
  limit: number,
): Promise<Given[]> {
  const typed = fold(q);
  if (typed === '') return [];
  const [terms, organisations, resources] = await Promise.all([
    suggestTerms(room, typed),
    suggestOrganisations(room, typed),
    index ? suggestResources(room, index, member, q, limit) : [],
  ]);
  const named = [...terms, ...organisations];
  const forNames = Math.max(limit - resources.length, limit - resourcesAtLeast);
  const names = named.slice(0, Math.max(0, forNames));
  return [...names, ...resources.slice(0, limit - names.length)];
}

function suggestTerms({ words }: SearchRoom, typed: string): Given[] {
  const row = typed.replaceAll(' ', '');
  const seen = new Set<string>();
  return words.known
    .map((term) => ({ term, rank: rankOf(term.words, term.typed, row) }))
    .filter(({ rank }) => rank > ranks.none)
    .sort((a, b) => b.rank - a.rank || a.term.label.length - b.term.label.length)
    .filter(({ term }) => !seen.has(term.label) && seen.add(term.label))
    .slice(0, 8)
    .map(({ term: { label, otherNames, vocabulary, code }, rank }) => {
      const other = rank === ranks.otherBegins || rank === ranks.otherHolds;
      const otherName = other ? otherNames.find((name) => fold(name).includes(row)) : undefined;
      return {
        kind: 'term' as const,
        text: label,
        marked: marked(label, typed),
        ...(otherName !== undefined && { otherName: marked(otherName, typed) }),
        vocabulary,
        code,
      };
    });
}

async function suggestOrganisations({ analysis }: SearchRoom, typed: string): Promise<Given[]> {
  const row = typed.replaceAll(' ', '');
  return [...(await allOrganisations()).values()]
    .filter(({ name, shortName }) => {
      const names = [name, shortName ?? ''].filter((each) => each !== '');
      return rankOf(names.map(fold), typings(analysis, names), row) > ranks.none;
    })
    .slice(0, 3)
    .map(({ id, name }) => ({ kind: 'organisation' as const, text: name, marked: marked(name, typed), id }));
}

async function suggestResources(
  room: SearchRoom,
  index: SearchIndex,
  member: Member,
  q: string,
  limit: number,
): Promise<Given[]> {
  const text = readQuery(q, room.analysis.dictionary);
  // The last character may be the beginning of a word: what holds it there comes first.
  const query = planQuery(text, 'longer', room.analysis.dictionary, room.words.synonymsOf);
  if (!query) return [];
  const { hits } = await index.search({
    audience: audienceKeysOf(member),
    query: within(query, typedFields),
    limit,
    now: room.now(),
  });
  return hits.map(({ id, stored }) => {
    const { title } = JSON.parse(stored);
    return {
      kind: 'resource' as const,
      text: title,
      marked: markHits(title, query.own) ?? marked(title, ''),
      id,
    };
  });
}

const typingsKept = new Map<string, ReadonlySet<string>>();

function typings(analysis: SearchRoom['analysis'], names: readonly string[]): ReadonlySet<string> {
  const key = names.join('\n');
  const known = typingsKept.get(key);
  if (known) return known;
  const made = new Set(analysis.texts.spelled(names));
  if (typingsKept.size > 5000) typingsKept.clear();
  typingsKept.set(key, made);
  return made;
}

/** How what is typed answers to a name, the best last. */
const ranks = { none: 0, initials: 1, pinyin: 2, otherHolds: 3, otherBegins: 4, holds: 5, begins: 6 };

/** @param words the name and other names for the same, folded; @param typed how the name is typed */
function rankOf([own = '', ...others]: readonly string[], typed: ReadonlySet<string>, row: string): number {
  if (own.startsWith(row)) return ranks.begins;
  if (own.includes(row)) return ranks.holds;
  if (others.some((word) => word.startsWith(row))) return ranks.otherBegins;
  if (others.some((word) => word.includes(row))) return ranks.otherHolds;
  if (typed.has(row)) return ranks.pinyin;
  return typed.has(`\`${row}`) ? ranks.initials : ranks.none;
}

function marked(text: string, typed: string): string {
  return markHits(text, [typed]) ?? plainExcerpt(text, text.length);
}
