/** Short news for the reader: shown at the foot of the page and read out by screen readers. */
export interface News {
  readonly text: string;
  /** Offered for as long as it is shown, for example to undo. */
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

let current: News | undefined;
const listeners = new Set<() => void>();

export function say(text: string, action?: News['action']): void {
  current = action ? { text, action } : { text };
  for (const listener of listeners) listener();
}

export function hush(): void {
  current = undefined;
  for (const listener of listeners) listener();
}

export const newsNow = (): News | undefined => current;

export function onNews(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
