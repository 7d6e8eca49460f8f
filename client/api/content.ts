/** Where the bytes of resources come from, for viewers, pictures and downloads. */

interface Of {
  readonly id: string;
  readonly version: number | null;
}

/** The picture of a resource on a card. */
export function pictureOf(_resource: { id: string; cover: string | null }): string | undefined {
  return undefined;
}

/** Where one file of a version is downloaded, under its own name. */
export const downloadOf = ({ id, version }: Of, path: string): string =>
  `/api/resources/${id}/versions/${version}/files/${path.split('/').map(encodeURIComponent).join('/')}`;

/** Where all files of a version are downloaded, as a zip. */
export const bundleOf = ({ id, version }: Of): string =>
  `/api/resources/${id}/versions/${version}/bundle.zip`;

/** A file as viewers take it. */
export function contentOf(file: { path: string; mediaType: string; size: number; derivatives?: unknown }) {
  return { path: file.path, mediaType: file.mediaType, size: file.size, url: '', poster: undefined };
}
