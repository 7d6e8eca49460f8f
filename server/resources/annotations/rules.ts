import type { StoredFile } from '../stored.ts';
import type { Annotation } from './contract.ts';

/** Labels on the models of a draft: pure decisions. */

/** Whether labels may be put on it; of a zip, only what lies in it tells. */
export const isModel = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  /^model\/(gltf|stl)/.test(mediaType);
export const mayHoldModel = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  mediaType === 'application/zip';

export const isPicture = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  mediaType.startsWith('image/');

/** Which labels show a picture that is none of the draft's, by their places. */
export function withoutPicture(
  files: readonly StoredFile[],
  annotations: readonly Annotation[],
): { at: number; image: string }[] {
  const pictures = picturesOf(files);
  return annotations.flatMap(({ image }, at) =>
    image !== undefined && !pictures.has(image) ? [{ at, image }] : [],
  );
}

/** The files with other labels on the one at a path; without any, the file is as it was before it had some. */
export function annotated(
  files: readonly StoredFile[],
  path: string,
  annotations: readonly Annotation[],
): StoredFile[] {
  return files.map((file) => {
    if (file.path !== path) return file;
    const { annotations: _, ...plain } = file;
    return annotations.length > 0 ? { ...plain, annotations: [...annotations] } : plain;
  });
}

/**
 * The files with labels that fit them, after some were renamed, replaced or removed: a label follows its picture to
 * another name and loses one that is gone; what no longer is a model has no labels.
 */
export function fitted(
  files: readonly StoredFile[],
  rename: readonly { from: string; to: string }[] = [],
): StoredFile[] {
  const pictures = picturesOf(files);
  const named = new Map(rename.map(({ from, to }) => [from.normalize('NFC'), to]));
  return files.map((file) => {
    if (!file.annotations) return file;
    const { annotations, ...plain } = file;
    if (!isModel(file) && !mayHoldModel(file)) return plain;
    return { ...plain, annotations: annotations.map((one) => withPictureAmong(one, pictures, named)) };
  });
}

function withPictureAmong(
  annotation: Annotation,
  pictures: ReadonlySet<string>,
  named: ReadonlyMap<string, string>,
): Annotation {
  const { image: before, ...rest } = annotation;
  if (before === undefined) return annotation;
  const image = named.get(before) ?? before;
  return pictures.has(image) ? { ...rest, image } : rest;
}

const picturesOf = (files: readonly StoredFile[]) => new Set(files.filter(isPicture).map(({ path }) => path));
