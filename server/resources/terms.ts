import { systemMember } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import {
  codeFinderOf,
  codesBelow,
  TERMS_CHANGED,
  TERMS_REWORDED,
  type TermsChanged,
  type TermsReworded,
} from '../vocabularies/index.ts';
import { commit, differences } from './commit.ts';
import { fieldOf, type TermField } from './description/terms.ts';
import { reindexDescribed } from './index-feed.ts';
import { ResourceModel } from './model.ts';
import type { Content } from './stored.ts';

/**
 * The jobs after a change of a vocabulary: one has the index learn its words anew, the other brings the terms of resources up to it, as a draft that is written now has them: merged
 * codes move on, free texts that a term goes by become its code. Earlier versions keep what they said.
 */
export function defineTermJobs(platform: Platform): void {
  platform.jobs.define<TermsReworded>(TERMS_REWORDED, { attempts: 5 }, async ({ vocabulary, codes }) => {
    const field = fieldOf(vocabulary);
    if (field) await reindexDescribed(field, await codesBelow(vocabulary, codes));
  });
  platform.jobs.define<TermsChanged>(TERMS_CHANGED, { attempts: 5 }, async ({ vocabulary }) => {
    const field = fieldOf(vocabulary);
    if (field === undefined) return;
    const codeOf = await codeFinderOf(vocabulary);
    const current = (text: string) => codeOf(text) ?? text;
    const places = [`draft.${field}`, `published.${field}`];
    const used = (await Promise.all(places.map((place) => ResourceModel.distinct(place)))).flat();
    const outdated = used.filter(
      (text): text is string => typeof text === 'string' && current(text) !== text,
    );
    if (outdated.length === 0) return;
    const filter = { $or: places.map((place) => ({ [place]: { $in: outdated } })) };
    for await (const resource of ResourceModel.find(filter).cursor()) {
      const { draft, published } = resource;
      const changes = [draft, published].map((content) =>
        content ? differences(content, replacement(content, field, current)) : [],
      );
      if (draft) resource.draft = { ...draft, ...replacement(draft, field, current) };
      if (published) resource.published = { ...published, ...replacement(published, field, current) };
      const told = changes.find((one) => one.length > 0) ?? [];
      await commit(platform, systemMember('vocabularies'), resource, 'terms-replaced', told);
    }
  });
}

function replacement(
  content: Content,
  field: TermField,
  current: (text: string) => string,
): Partial<Content> {
  if (field === 'materialType')
    return { materialType: content.materialType && current(content.materialType) };
  return { [field]: [...new Set(content[field].map(current))] };
}
