import type { Kind } from '../../api/words.ts';

interface Cited {
  readonly kind: Kind;
  readonly title: string;
  readonly creators: readonly string[];
  readonly organisation: string;
  /** When the version was published. */
  readonly publishedAt: string;
  readonly address: string;
}

/** Type and carrier of a document, GB/T 7714-2015, annex B: book, electronic bulletin, program; online. */
const marks: Record<Kind, string> = { textbook: '[M/OL]', courseware: '[EB/OL]', xr: '[CP/OL]' };

/**
 * A reference as GB/T 7714-2015, 4.6 (electronic resources) has it: author. Title[type]. Publisher, year(updated)
 * [cited]. Address. Of more than three authors the first three are named (8.1.2).
 * @param today the day of citing, as 2026-11-24
 */
export function citationOf(cited: Cited, today: string): string {
  const day = cited.publishedAt.slice(0, 10);
  const authors =
    cited.creators.length > 3 ? `${cited.creators.slice(0, 3).join(', ')}, 等` : cited.creators.join(', ');
  const by = authors || cited.organisation;
  return `${by}. ${cited.title}${marks[cited.kind]}. ${cited.organisation}, ${day.slice(0, 4)}(${day})[${today}]. ${cited.address}.`;
}
