import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analysis, planQuery, readQuery, type Strictness } from '../../../server/search/analysis/index.ts';
import { type Findable, toDocument } from '../../../server/search/document.ts';
import { indexSettings } from '../../../server/search/index-settings.ts';
import { openEmbedded } from '../../../storage/search/embedded.ts';

export const analysis = new Analysis();

/** A resource that is open to everybody; what a test does not care about is empty. */
export function findable(id: string, rest: Partial<Findable>): Findable {
  return {
    id,
    revision: 1,
    audience: ['public'],
    title: '',
    summary: '',
    terms: [],
    names: [],
    fileNames: [],
    values: {},
    facets: {},
    numbers: {},
    stored: { id },
    passages: [],
    ...rest,
  };
}

/** A fresh embedded index with these resources; `find` gives the identifiers that a text finds, best first. */
export async function openRoom(resources: readonly Findable[]) {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  const engine = await openEmbedded(folder);
  const settings = indexSettings([]);
  const index = await engine.open(settings);
  await index.apply({ put: resources.map((each) => toDocument(analysis, each)) });
  return {
    index,
    async find(text: string, strictness: Strictness = 'words'): Promise<string[]> {
      const query = planQuery(readQuery(text, analysis.dictionary), strictness, analysis.dictionary);
      const answer = await index.search({ audience: ['public'], query, limit: 50, now: 0 });
      return answer.hits.map(({ id }) => id);
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}
