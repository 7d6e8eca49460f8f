import type { Description, FieldName } from './description.ts';
import { markRead } from './memory.ts';
import { createDraft, type Resource } from './queries.ts';

/** What the files of a new resource tell about it. */
type Told = Pick<Description, 'title' | 'language'> & { kind: Resource['kind']; materialType: string };

/** Begins a draft for each; what was read from files is filled in and remembered as such. */
export async function beginDrafts(
  told: readonly Told[],
  onBegun: (count: number) => void,
): Promise<Resource[]> {
  const drafts: Resource[] = [];
  for (const { kind, title, language, materialType } of told) {
    const draft = await createDraft({ kind, title, language, materialType });
    const read: FieldName[] = ['kind', 'title', 'language', 'materialType'];
    markRead(draft.id, read);
    drafts.push(draft);
    onBegun(drafts.length);
  }
  return drafts;
}
