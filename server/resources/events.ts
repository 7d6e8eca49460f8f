/** What others in this process may listen to, so that they react at once; whoever missed it catches up later. */

export interface Changed {
  id: string;
  revision: number;
}

type Listener<Event> = (event: Event) => void;

const changed = new Set<Listener<Changed>>();

/** Calls the listener after every stored change of a resource. Gives the function that ends it. */
export function onChange(listener: Listener<Changed>): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

export function announce(event: Changed): void {
  for (const listener of changed) listener(event);
}
