import { useState } from 'react';
import { useMe } from '../../../api/me.ts';
import { contentAt } from '../../../api/previews.ts';

/** How large the text of books is shown, as a share of its own size. */
export const textSizes = [0.8, 1, 1.25, 1.5, 2] as const;

/**
 * What this browser remembers of a reader: where in a book they were, and how large its text is to be. Books are told
 * apart by what is in them. In the page of another site nothing may be remembered.
 */
export function useReading(base: string) {
  const { me } = useMe();
  const placeKey = `reading:${me?.id ?? ''}:${new URL(contentAt(base)).pathname}`;
  const sizeKey = 'book-text-size';
  const [size, setSize] = useState(() => kept(sizeKey) ?? 1);
  return {
    size: textSizes.find((known) => known === size) ?? 1,
    setSize: (next: number) => {
      setSize(next);
      keep(sizeKey, next);
    },
    /** Counted from 1. */
    lastPlace: () => kept(placeKey),
    keepPlace: (place: number) => keep(placeKey, place),
  };
}

function kept(key: string): number | undefined {
  try {
    const number = Number(localStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(number) ? number : undefined;
  } catch {
    return undefined; // storage is shut to us here
  }
}

function keep(key: string, value: number): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // storage is shut to us here: the address still holds the place
  }
}
