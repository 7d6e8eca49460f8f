import type { IndexSettings } from '../search-index.ts';
import { TermPlaces } from './terms.ts';

/** How documents lie in the engine. An index of another format is not used, and is made anew. */
const format = 2;

/** What the indexes of a version are called: that of the documents, and that of their passages. */
export function indexesOf(version: string): { documents: string; passages: string } {
  const documents = `${version}-${format}`;
  return { documents, passages: `${documents}-passages` };
}

/** Where the documents of an index lie, and how their terms do. */
export class Layout {
  readonly settings: IndexSettings;
  readonly documents: string;
  readonly passages: string;
  readonly places: TermPlaces;

  constructor(settings: IndexSettings) {
    this.settings = settings;
    const { documents, passages } = indexesOf(settings.version);
    this.documents = documents;
    this.passages = passages;
    this.places = new TermPlaces(settings);
  }
}
