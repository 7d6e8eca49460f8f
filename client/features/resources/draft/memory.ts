import type { Annotation } from '../../../../server/resources/contract.ts';
import { keep, kept } from '../../../api/kept.ts';
import type { Description, FieldName } from './description.ts';

/** What this browser keeps beside the server: unsaved words, recently used terms, what was read from files. */

const unsavedKey = (id: string) => `unsaved:${id}`;
const readKey = (id: string) => `read-from-files:${id}`;
const recentKey = (vocabulary: string) => `recent:${vocabulary}`;

/** Keeps what has not reached the server, through reloads and expired sessions. */
export function keepUnsaved(id: string, changes: Partial<Description>): void {
  keep(unsavedKey(id), Object.keys(changes).length === 0 ? undefined : changes);
}

export const unsaved = (id: string): Partial<Description> => kept(unsavedKey(id), {});

/** Fields that were filled in from the names of files and that nobody has touched since. */
export const readFields = (id: string): FieldName[] => kept(readKey(id), []);

export function markRead(id: string, fields: readonly FieldName[]): void {
  keep(readKey(id), fields.length === 0 ? undefined : fields);
}

const remembered = 8;

/** Values chosen lately in a list, the latest first. */
export const recent = (vocabulary: string): string[] => kept(recentKey(vocabulary), []);

export function markRecent(vocabulary: string, values: readonly string[]): void {
  const next = [...new Set([...values, ...recent(vocabulary)])].slice(0, remembered);
  keep(recentKey(vocabulary), next);
}

const labelsKey = (id: string, path: string) => `unsaved-labels:${id}:${path}`;

/** Keeps labels on a model that have not reached the server. */
export function keepUnsavedLabels(id: string, path: string, labels: Annotation[] | undefined): void {
  keep(labelsKey(id, path), labels);
}

export const unsavedLabels = (id: string, path: string): Annotation[] | undefined =>
  kept<Annotation[] | undefined>(labelsKey(id, path), undefined);
