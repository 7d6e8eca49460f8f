import type { z } from 'zod';
import type { Hit, SearchAnswer } from '../../storage/search/search-index.ts';
import type { Member } from '../access/index.ts';
import { type Language, ReadyItem } from '../http/index.ts';
import { allOrganisations, type OrganisationLabel, organisationName } from '../members/index.ts';
import { presentCard, type readableByTitle } from '../resources/index.ts';
import { markHits, plainExcerpt } from './analysis/index.ts';
import { FacetCounts, FacetValue, facets, HitMarks, type SearchCard, SearchItem } from './contract.ts';
import { type FacetLabel, facetLabels } from './labels.ts';

type Item = z.input<typeof SearchItem>;

/** Characters of a summary or passage that are shown. */
const excerpt = 160;

/** Hits as a member gets to see them, marked: the searcher's own words or, where none stands, what means the same. */
export async function presentHits(
  hits: readonly Hit[],
  own: readonly string[] = [],
  needles: readonly string[] = [],
): Promise<ReadyItem[]> {
  const organisations = await allOrganisations();
  return hits.map((hit) => presentHit(hit, own, needles, organisations));
}

function presentHit(
  hit: Hit,
  own: readonly string[],
  needles: readonly string[],
  organisations: ReadonlyMap<string, OrganisationLabel>,
): ReadyItem {
  const card: z.output<typeof SearchCard> = JSON.parse(hit.stored);
  const mark = (text: string, around?: number) => markHits(text, own, around, needles);
  const title = mark(card.title);
  const summary = mark(card.summary, excerpt);
  const tags = card.tags.flatMap((tag) => mark(tag) ?? []);
  return ReadyItem.adding(SearchItem, hit.stored, HitMarks, {
    organisationName: organisations.get(card.organisation)?.name ?? '',
    highlights: {
      ...(title !== undefined && { title }),
      ...(summary !== undefined && { summary }),
      ...(tags.length > 0 && { tags: tags.join(' · ') }),
    },
    passages: hit.passages.map(({ text, place }) => ({
      ...JSON.parse(place),
      text: mark(text, excerpt) ?? plainExcerpt(text, excerpt),
    })),
  });
}

/** A resource that was found in the database alone. */
export async function presentTitleHit(
  member: Member,
  resource: Awaited<ReturnType<typeof readableByTitle>>['items'][number],
  needles: readonly string[],
): Promise<Item> {
  const card = presentCard(member, resource);
  const title = markHits(card.title, needles);
  return {
    ...card,
    organisationName: await organisationName(card.organisation),
    mediaTypes: [],
    highlights: title === undefined ? {} : { title },
    passages: [],
  };
}

/** The counts with the names of the values. */
export async function presentFacets(counted: SearchAnswer['facets'], language: Language): Promise<ReadyItem> {
  const nameOf = await facetLabels(language);
  const named = facets.map((facet) => {
    const texts = (counted[facet] ?? []).map(({ value, count }) =>
      countedText(language, value, nameOf(facet, value), count),
    );
    return `"${facet}":[${texts.join(',')}]`;
  });
  return ReadyItem.written(FacetCounts, `{${named.join(',')}}`);
}

/** Values with their names as they are sent, around the count: the same are told again and again. */
const namesKept: Record<Language, Map<string, FacetLabel & { before: string; after: string }>> = {
  'zh-CN': new Map(),
  en: new Map(),
};
const mostNamesKept = 5000;

function countedText(
  language: Language,
  value: string,
  { label, parent }: FacetLabel,
  count: number,
): string {
  const names = namesKept[language];
  let kept = names.get(value);
  if (kept?.label !== label || kept.parent !== parent) {
    const json = JSON.stringify(FacetValue.parse({ value, label, parent, count: 0 }));
    const [before, after = ''] = json.split('"count":0');
    kept = { label, ...(parent !== undefined && { parent }), before: `${before}"count":`, after };
    if (names.size >= mostNamesKept) names.clear();
    names.set(value, kept);
  }
  return kept.before + count + kept.after;
}
