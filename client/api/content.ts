import { queryOptions } from '@tanstack/react-query';
import { getCover, listEntries, listPassages, listPreviews } from '../../server/content/contract.ts';
import {
  downloadBundle,
  downloadCollection,
  downloadFile,
  downloadShelf,
} from '../../server/downloads/contract.ts';
import { type AnswerOf, addressOf } from '../../server/http/contract.ts';
import { call } from './call.ts';
import { queryClient } from './query-client.ts';

/** Where the bytes of resources come from, for viewers, pictures and downloads. */

export type Preview = AnswerOf<typeof listPreviews>['items'][number];
/** A version by its number, the newest one, or what is to come. */
export type Which = number | 'newest' | 'draft';

/**
 * Milliseconds after which addresses are asked for again, well before they end. A page that nobody looks at waits until
 * it is looked at again.
 */
const renewalOf = ({ lasts }: { lasts: number }) => lasts * 750;

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
  { resource, version }: Of,
  address: string,
  again: { staleTime?: number } = {},
): Promise<string | undefined> {
  const { files } = await queryClient.fetchQuery({ ...previewsQuery(resource, version), ...again });
  const known = [...files.values()].flatMap(addressesOf);
  return known.find((other) => contentAt(other) === contentAt(address));
}

/** Milliseconds in which one answer serves all parts of a page whose addresses have ended at once. */
const shared = 3000;

/**
 * Another address of the same content, asked for when one does not answer any more; undefined when that one still
 * works, so that something else is wrong. @throws ProblemError when the member cannot read it any more
 */
export async function renewed(of: Of, address: string): Promise<string | undefined> {
  const next = await newest(of, address, { staleTime: shared });
  return next === address ? undefined : next;
}

const addressesOf = ({ url, thumbnails, copies, tiles }: Preview): string[] => [
  url,
  ...Object.values(thumbnails).map((picture) => picture.url),
  ...Object.values(copies).map((copy) => copy.url),
  ...(tiles === undefined ? [] : [tiles]),
];

/** What is inside of a file that is a zip. */
export const entriesQuery = (id: string, version: Which, path: string) =>
  queryOptions({
    queryKey: ['resources', id, 'entries', version, path],
    queryFn: ({ signal }) => call(listEntries, { params: { id, version, path } }, signal),
    staleTime: ({ state: { data } }) => (data ? renewalOf(data) : 0),
    refetchInterval: ({ state: { data } }) => data && renewalOf(data),
    refetchOnWindowFocus: true,
  });

/** The text of a file, by page, slide or section. */
export const passagesQuery = (id: string, version: Which, path: string) =>
  queryOptions({
    queryKey: ['resources', id, 'passages', version, path],
    queryFn: ({ signal }) => call(listPassages, { params: { id, version, path } }, signal),
  });

/** The picture of a resource on a card. */
export const pictureOf = ({ id, cover }: { id: string; cover: string | null }): string | undefined =>
  cover === null ? undefined : addressOf(getCover, { id }, { size: 'medium' });

/** Where one file of a version is downloaded, under its own name. */
export const downloadOf = (id: string, version: number, path: string): string =>
  addressOf(downloadFile, { id, version, path }, {});

/** Where all files of a version are downloaded, as a zip. */
export const bundleOf = (id: string, version: number): string =>
  addressOf(downloadBundle, { id, version }, {});

/** Where everything in a collection or on a shelf is downloaded, as a zip. */
export const setBundleOf = (base: 'collections' | 'shelves', id: string): string =>
  addressOf(base === 'collections' ? downloadCollection : downloadShelf, { id }, {});
