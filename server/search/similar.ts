import type { Hit, Query, SearchIndex } from '../../storage/search/search-index.ts';
import { audienceKeysOf, type Member } from '../access/index.ts';
import { assertReadable, resourceForIndex } from '../resources/index.ts';
import { planQuery, readQuery, within } from './analysis/index.ts';
import type { SearchRoom } from './room.ts';
import { toFindable } from './source.ts';

/** How much others liked it does not matter here. */
const unknownReception = { uses: new Map<string, number>(), standing: new Map<string, number>() };
/** Share of the words that another resource must have. */
const shared = 0.3;
/** Fields that tell what a resource is about: what another only mentions on its pages does not make it alike. */
const telling = new Set(['title', 'terms']);

/**
 * What comes nearest to a resource by its title, then by its tags and terms, of what the member may see; without itself.
 * @throws notFound unless the member may read the resource; SearchUnavailable
 */
export async function similarHits(
  room: SearchRoom,
  index: SearchIndex | undefined,
  member: Member,
  id: string,
  limit: number,
): Promise<readonly Hit[]> {
  await assertReadable(member, id);
  const resource = index && (await resourceForIndex(id));
  if (!resource) return [];
  const { title, terms } = await toFindable({ ...resource, files: [] }, unknownReception);
  const found = new Map<string, Hit>();
  // What its title says is nearer than what it is filed under.
  for (const text of [title, terms.join(' ')]) {
    const query = likeQuery(room, text);
    if (!query || found.size >= limit) continue;
    const { hits } = await index.search({
      audience: audienceKeysOf(member),
      query,
      limit: limit + 1,
      now: room.now(),
    });
    for (const hit of hits) if (hit.id !== id && !found.has(hit.id)) found.set(hit.id, hit);
  }
  return [...found.values()].slice(0, limit);
}

function likeQuery({ analysis, words }: SearchRoom, text: string): Query | undefined {
  // What reads as an operator in a title is none here.
  const plain = text.replace(/["“”「」『』＂:：-]/g, ' ');
  const read = readQuery(plain, analysis.dictionary);
  // A single character, as in （上）, tells nothing of what it is about.
  const told = { ...read, words: read.words.filter(({ text }) => text.length > 1) };
  const query = planQuery(told, 'any', analysis.dictionary, words.synonymsOf);
  return (
    query && {
      ...within(query, telling),
      minimum: Math.max(1, Math.round(query.groups.length * shared)),
      lifts: [], // two words side by side are not more than the rarer ones
      needles: [],
    }
  );
}
