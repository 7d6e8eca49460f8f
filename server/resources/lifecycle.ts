import { contradicts, type Lack, type State, type Verb } from './contract.ts';
import type { Content, Stored } from './stored.ts';

/** How a resource goes from draft to version to withdrawal: pure decisions. */

type Stages = Pick<Stored, 'draft' | 'submitted' | 'published' | 'withdrawn'>;

/** The state that is stored for filters: what is furthest from being seen by readers decides. */
export function stateOf(resource: Stages): State {
  if (resource.withdrawn) return 'withdrawn';
  if (resource.draft) return resource.submitted ? 'submitted' : 'draft';
  return 'published';
}

/** What the lifecycle allows now, whoever asks. */
export function possible(resource: Stages): Record<Verb, boolean> {
  const state = stateOf(resource);
  const isPublished = resource.published !== null && state !== 'withdrawn';
  return {
    preview: resource.draft !== null && state !== 'withdrawn',
    trace: true,
    edit: state === 'draft',
    share: state !== 'withdrawn',
    submit: state === 'draft',
    recall: state === 'submitted',
    publish: state === 'draft' || state === 'submitted',
    return: state === 'submitted',
    'start-draft': state === 'published',
    withdraw: isPublished,
    discard: resource.published === null && state !== 'withdrawn',
    rate: isPublished,
    assess: isPublished,
  };
}

/** What a draft lacks. The page shows the list while the author still writes. */
export function missing(draft: Content): Lack[] {
  const lacks: Lack[] = [];
  const fields = ['summary', 'level', 'majors', 'materialType', 'creators'] as const;
  for (const field of fields) {
    if (draft[field] === null || draft[field].length === 0)
      lacks.push({ field, why: 'empty', needed: false });
  }
  if (contradicts(draft)) lacks.push({ field: 'licence', why: 'not-for-public', needed: false });
  if (draft.files.length === 0) lacks.push({ field: 'files', why: 'no-files', needed: true });
  return lacks;
}

/** What must be there before others can judge it: something to look at. */
export const obstacles = (draft: Content): Lack[] => missing(draft).filter(({ needed }) => needed);
