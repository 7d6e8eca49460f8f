import { queryOptions } from '@tanstack/react-query';
import { getCover, listPreviews } from '../../server/content/contract.ts';
import {
  downloadBundle,
  downloadCollection,
  downloadFile,
  downloadShelf,
} from '../../server/downloads/contract.ts';
import { type AnswerOf, addressOf } from '../../server/http/contract.ts';
import { call } from './call.ts';

/** Where the bytes of resources come from, for viewers, pictures and downloads. */

export type Preview = AnswerOf<typeof listPreviews>['items'][number];
/** A version by its number, the newest one, or what is to come. */
export type Which = number | 'newest' | 'draft';

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
