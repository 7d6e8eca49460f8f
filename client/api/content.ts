import { getCover, type listPreviews } from '../../server/content/contract.ts';
import {
  downloadBundle,
  downloadCollection,
  downloadFile,
  downloadShelf,
} from '../../server/downloads/contract.ts';
import { type AnswerOf, addressOf } from '../../server/http/contract.ts';

/** Where the bytes of resources come from, for viewers, pictures and downloads. */

export type Preview = AnswerOf<typeof listPreviews>['items'][number];
/** A version by its number, the newest one, or what is to come. */
export type Which = number | 'newest' | 'draft';

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
