import type { Passage, SearchDocument } from '../../storage/search/search-index.ts';
import { type Analysis, fold } from './analysis/index.ts';
import type { FacetName, FieldName, NumberName } from './index-settings.ts';

/** A published resource as search sees it: plain texts and values. */
export interface Findable {
  readonly id: string;
  readonly revision: number;
  readonly audience: readonly string[];
  readonly title: string;
  readonly summary: string;
  /** Labels and synonyms of its terms, in every language; tags. */
  readonly terms: readonly string[];
  /** Organisation and creators. */
  readonly names: readonly string[];
  readonly fileNames: readonly string[];
  /** Texts of the fields that can be asked for by name: `major`, `course`, `type`, `organisation`, … */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  readonly numbers: Readonly<Partial<Record<NumberName, number>>>;
  /** What a hit gives back. */
  readonly stored: unknown;
  readonly passages: readonly { readonly text: string; readonly place: Readonly<Record<string, unknown>> }[];
}

/** Analyses a resource for the index. */
export function toDocument(analysis: Analysis, found: Findable): SearchDocument {
  const { texts } = analysis;
  const passages: Passage[] = found.passages.map(({ text, place }) => ({
    text,
    folded: fold(text),
    place: JSON.stringify(place),
  }));
  const terms: Record<FieldName, readonly string[]> = {
    title: texts.short([found.title]),
    terms: texts.short(found.terms),
    names: texts.short(found.names),
    summary: texts.short([found.summary, ...found.fileNames.map(baseName)]),
    body: texts.long(passages.map(({ folded }) => folded)),
    values: Object.entries(found.values).flatMap(([name, values]) => texts.named(name, values)),
    pinyin: texts.spelled([found.title]),
    labelPinyin: texts.spelled([...found.terms, ...found.names]),
  };
  return {
    id: found.id,
    revision: found.revision,
    audience: found.audience,
    terms,
    facets: found.facets as Record<string, readonly string[]>,
    numbers: found.numbers as Record<string, number>,
    stored: JSON.stringify(found.stored),
    passages,
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z0-9]{1,5}$/i, '');
}
