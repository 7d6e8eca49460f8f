import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { contentAt, renewed } from '../../api/previews.ts';
import type { Viewable } from './kinds.ts';

/**
 * An open file under the addresses by which it was opened, though they are renewed from time to time: another address
 * would load it anew under whoever is at work in it. `forget` takes the newest ones.
 */
export function useOpened(file: Viewable): { file: Viewable; forget: () => void } {
  const content = contentAt(file.url);
  const [opened, setOpened] = useState(() => ({ content, addresses: new Map<string, string>() }));
  const forget = () => setOpened({ content, addresses: new Map() });
  if (opened.content !== content) forget();
  const keep = (address: string): string => {
    const known = opened.addresses.get(contentAt(address)) ?? address;
    opened.addresses.set(contentAt(address), known);
    return known;
  };
  return {
    file: {
      ...file,
      url: keep(file.url),
      poster: file.poster && keep(file.poster),
      tiles: file.tiles && keep(file.tiles),
      copies:
        file.copies &&
        Object.fromEntries(
          Object.entries(file.copies).map(([name, copy]) => [name, { ...copy, url: keep(copy.url) }]),
        ),
      tracks: file.tracks?.map((track) => ({ ...track, url: keep(track.url) })),
    },
    forget,
  };
}

/** Reads from an address again and again; from another one of the same content, when that one has ended. */
export function readerOf(
  cache: QueryClient,
  of: Viewable['of'],
  address: string,
): (init: RequestInit) => Promise<Response> {
  let newest = address;
  return async (init) => {
    const response = await fetch(newest, init);
    if (response.status !== 410 || !of) return response;
    newest = (await renewed(cache, of, newest)) ?? newest;
    return fetch(newest, init);
  };
}
