import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { listPreviews } from '../../server/content/contract.ts';
import { call } from './call.ts';
import type { Preview, Which } from './content.ts';

/** What is needed to show files in place; its addresses end while a file is open, and are renewed. */

/**
 * Milliseconds after which addresses are asked for again, well before they end. A page that nobody looks at waits until
 * it is looked at again.
 */
export const renewalOf = ({ lasts }: { lasts: number }) => lasts * 750;

/** What only takes the place of what is shown, or plays, already. */
const quiet: ReadonlySet<string> = new Set(['avif', 'stream']);

/** Whether something is being made of a file, or it is being scanned. */
const isUnderWay = (previews: ReadonlyMap<string, Preview>) =>
  [...previews.values()].some(
    ({ made, scan }) =>
      scan.state === 'waiting' || made.some(({ state, recipe }) => state === 'waiting' && !quiet.has(recipe)),
  );

/** The files of a version with what is needed to show them in place, by path. */
export const previewsQuery = (id: string, version: Which) =>
  queryOptions({
    queryKey: ['resources', id, 'previews', version],
    queryFn: async ({ signal }) => {
      const { lasts, items } = await call(listPreviews, { params: { id }, query: { version } }, signal);
      return { lasts, files: new Map(items.map((preview) => [preview.path, preview])) };
    },
    select: ({ files }): ReadonlyMap<string, Preview> => files,
    // A draft gets files while it is looked at; and what is being made of a file comes a moment later.
    staleTime: ({ state: { data } }) => (version === 'draft' || !data ? 0 : renewalOf(data)),
    refetchInterval: ({ state: { data } }) => data && (isUnderWay(data.files) ? 3000 : renewalOf(data)),
    refetchOnWindowFocus: true,
  });

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

const addressesOf = ({ url, thumbnails, copies, tiles, captions = [] }: Preview): string[] => [
  url,
  ...Object.values(thumbnails).map((picture) => picture.url),
  ...Object.values(copies).map((copy) => copy.url),
  ...(tiles === undefined ? [] : [tiles]),
  ...captions.map((track) => track.url),
];
