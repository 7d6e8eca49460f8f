import type { QueryClient } from '@tanstack/react-query';
import { type Preview, previewsQuery, type Which } from './content.ts';

/** Addresses of content end while a file is open; here are others of the same content. */

/** What an address leads to: the address without what says how long it works. */
export const contentAt = (address: string): string =>
  address.replace(/^(\w+:\/\/[^/]+)\/[^/]+\/[^/]+\//, '$1/');

interface Of {
  resource: string;
  version: Which;
}

/**
 * The newest address of the same content: one that is known, or asked for when those that are known end soon.
 * undefined when the file is gone. @throws ProblemError when the member cannot read it any more
 */
export async function newest(
  cache: QueryClient,
  { resource, version }: Of,
  address: string,
  again: { staleTime?: number } = {},
): Promise<string | undefined> {
  const { files } = await cache.fetchQuery({ ...previewsQuery(resource, version), ...again });
  const known = [...files.values()].flatMap(addressesOf);
  return known.find((other) => contentAt(other) === contentAt(address));
}

/** Milliseconds in which one answer serves all parts of a page whose addresses have ended at once. */
const shared = 3000;

/**
 * Another address of the same content, asked for when one does not answer any more; undefined when that one still
 * works, so that something else is wrong. @throws ProblemError when the member cannot read it any more
 */
export async function renewed(cache: QueryClient, of: Of, address: string): Promise<string | undefined> {
  const next = await newest(cache, of, address, { staleTime: shared });
  return next === address ? undefined : next;
}

const addressesOf = ({ url, thumbnails, copies, tiles }: Preview): string[] => [
  url,
  ...Object.values(thumbnails).map((picture) => picture.url),
  ...Object.values(copies).map((copy) => copy.url),
  ...(tiles === undefined ? [] : [tiles]),
];
