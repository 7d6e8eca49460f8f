import type { z } from 'zod';
import type { Hit, SearchAnswer } from '../../storage/search/search-index.ts';
import type { Member } from '../access/index.ts';
import { type Language, ReadyItem } from '../http/index.ts';
import { allOrganisations, type OrganisationLabel, organisationName } from '../members/index.ts';
import { presentCard, type readableByTitle } from '../resources/index.ts';
import { markHits, plainExcerpt } from './analysis/index.ts';
import {
  type Facet,
  FacetCounts,
  FacetValue,
  facets,
  HitMarks,
  type SearchCard,
  SearchItem,
} from './contract.ts';
import { type FacetLabel, facetLabel, nameSources } from './labels.ts';

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
  const sources = await nameSources();
  const names = namesBy(sources, language);
  const written = facets.map((facet) => {
    const known = names[facet];
    let values = '';
    for (const { value, count } of counted[facet] ?? []) {
      let around = known.get(value);
      if (!around) {
        around = aroundCount(value, facetLabel(sources, language, facet, value));
        if (known.size >= mostNamesKept) known.clear();
        known.set(value, around);
      }
      values += (values === '' ? '' : ',') + around.before + count + around.after;
    }
    return `"${facet}":[${values}]`;
  });
  return ReadyItem.written(FacetCounts, `{${written.join(',')}}`);
}

/** A value with its name as it is sent, before and after the count. */
interface Around {
  before: string;
  after: string;
}
type Names = Record<Facet, Map<string, Around>>;

/** The same are told again and again: they are kept while their sources say the same. */
let kept: { sources: readonly unknown[]; names: Partial<Record<Language, Names>> } = {
  sources: [],
  names: {},
};
/** Of a facet. */
const mostNamesKept = 5000;

function namesBy(sources: readonly unknown[], language: Language): Names {
  if (sources.some((one, at) => one !== kept.sources[at])) kept = { sources, names: {} };
  kept.names[language] ??= Object.fromEntries(facets.map((facet) => [facet, new Map()])) as Names;
  return kept.names[language];
}

function aroundCount(value: string, name: FacetLabel): Around {
  const json = JSON.stringify(FacetValue.parse({ value, ...name, count: 0 }));
  const [before, after = ''] = json.split('"count":0');
  return { before: `${before}"count":`, after };
}
