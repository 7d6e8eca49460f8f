import { systemMember } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { TERM_MERGED, type TermMerged } from '../vocabularies/index.ts';
import { commit, differences } from './commit.ts';
import { ResourceModel } from './model.ts';
import type { Content } from './stored.ts';

const lists = { majors: 'majors', courses: 'courses', jobs: 'jobs', certificates: 'certificates' } as const;

/** The job that moves resources when two terms are merged. Versions keep what they said. */
export function defineTermJob(platform: Platform): void {
  platform.jobs.define<TermMerged>(TERM_MERGED, { attempts: 5 }, async ({ vocabulary, from, into }) => {
    const field = vocabulary === 'material-types' ? 'materialType' : lists[vocabulary as keyof typeof lists];
    if (field === undefined) return;
    const filter = { $or: [{ [`draft.${field}`]: from }, { [`published.${field}`]: from }] };
    for await (const resource of ResourceModel.find(filter).cursor()) {
      const before = resource.draft ?? resource.published;
      if (resource.draft) resource.draft = replaced(resource.draft, field, from, into);
      if (resource.published) resource.published = replaced(resource.published, field, from, into);
      const after = resource.draft ?? resource.published;
      if (!before || !after) continue;
      const changes = differences({ [field]: before[field] }, { [field]: after[field] });
      await commit(platform, systemMember('vocabularies'), resource, 'terms-replaced', changes);
    }
  });
}

function replaced<Shape extends Content>(
  content: Shape,
  field: keyof typeof lists | 'materialType',
  from: string,
  into: string,
): Shape {
  if (field === 'materialType')
    return content.materialType === from ? { ...content, materialType: into } : content;
  return { ...content, [field]: [...new Set(content[field].map((code) => (code === from ? into : code)))] };
}
