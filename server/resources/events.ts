import type { Request } from 'express';
import type { Member } from '../access/index.ts';

/** What others in this process may listen to, so that they react at once; whoever missed it catches up later. */

export interface Changed {
  id: string;
  revision: number;
}

/** Somebody read the page of a published resource. */
export interface Viewed {
  member: Member;
  resource: string;
  version: number;
  req: Request;
}

function channel<Event>() {
  const listeners = new Set<(event: Event) => void>();
  return {
    announce(event: Event): void {
      for (const listener of listeners) listener(event);
    },
    /** Gives the function that ends the listening. */
    listen(listener: (event: Event) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** After every stored change of a resource. */
export const changes = channel<Changed>();
export const views = channel<Viewed>();
export const onChange = changes.listen;
export const onView = views.listen;
