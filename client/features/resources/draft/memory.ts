import type { Annotation } from '../../../../server/resources/contract.ts';
import type { Description, FieldName } from './description.ts';

/** What this browser keeps beside the server: unsaved words, recently used terms, what was read from files. */

const unsavedKey = (id: string) => `unsaved:${id}`;
const readKey = (id: string) => `read-from-files:${id}`;
const recentKey = (vocabulary: string) => `recent:${vocabulary}`;

function stored<Value>(key: string, otherwise: Value): Value {
  const text = localStorage.getItem(key);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as Value;
  } catch {
    localStorage.removeItem(key); // written by an older release
    return otherwise;
  }
}

/** Keeps what has not reached the server, through reloads and expired sessions. */
export function keepUnsaved(id: string, changes: Partial<Description>): void {
  if (Object.keys(changes).length === 0) localStorage.removeItem(unsavedKey(id));
  else localStorage.setItem(unsavedKey(id), JSON.stringify(changes));
}

export const unsaved = (id: string): Partial<Description> => stored(unsavedKey(id), {});

/** Fields that were filled in from the names of files and that nobody has touched since. */
export const readFields = (id: string): FieldName[] => stored(readKey(id), []);

export function markRead(id: string, fields: readonly FieldName[]): void {
  if (fields.length === 0) localStorage.removeItem(readKey(id));
  else localStorage.setItem(readKey(id), JSON.stringify(fields));
}

const remembered = 8;

/** Values chosen lately in a list, the latest first. */
export const recent = (vocabulary: string): string[] => stored(recentKey(vocabulary), []);

export function markRecent(vocabulary: string, values: readonly string[]): void {
  const next = [...new Set([...values, ...recent(vocabulary)])].slice(0, remembered);
  localStorage.setItem(recentKey(vocabulary), JSON.stringify(next));
}

const labelsKey = (id: string, path: string) => `unsaved-labels:${id}:${path}`;

/** Keeps labels on a model that have not reached the server. */
export function keepUnsavedLabels(id: string, path: string, labels: Annotation[] | undefined): void {
  if (labels === undefined) localStorage.removeItem(labelsKey(id, path));
  else localStorage.setItem(labelsKey(id, path), JSON.stringify(labels));
}

export const unsavedLabels = (id: string, path: string): Annotation[] | undefined =>
  stored<Annotation[] | undefined>(labelsKey(id, path), undefined);
