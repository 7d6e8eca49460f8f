import type { QueryText } from './analysis/index.ts';
import type { SearchRoom } from './room.ts';

/** Terms of the vocabularies that share the most characters with a query that found nothing. */
export function neighboursOf(
  room: SearchRoom,
  text: QueryText,
): { vocabulary: string; code: string; label: string }[] {
  const asked = new Set(text.words.flatMap((word) => [...word.text]));
  if (asked.size === 0) return [];
  return room.words.known
    .map((term) => ({ term, near: Math.max(...term.words.map((word) => likeness(asked, word))) }))
    .filter(({ near }) => near >= 0.5)
    .sort((a, b) => b.near - a.near)
    .slice(0, 6)
    .map(({ term: { vocabulary, code, label } }) => ({ vocabulary, code, label }));
}

/** Share of the characters of both that they have in common (Dice). */
function likeness(asked: ReadonlySet<string>, word: string): number {
  const signs = new Set(word);
  let shared = 0;
  for (const sign of signs) if (asked.has(sign)) shared++;
  return (2 * shared) / (asked.size + signs.size);
}
