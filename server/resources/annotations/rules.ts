import type { StoredFile } from '../stored.ts';
import { type Annotation, isInSphere } from './contract.ts';

/** Labels on the files of a draft: pure decisions. */

/** Whether labels of models may be put on it; of a zip, only what lies in it tells. */
export const isModel = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  /^model\/(gltf|stl|step|iges|x-brep)/.test(mediaType);
export const mayHoldModel = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  mediaType === 'application/zip';

/** Whether labels in a direction may be put in it: its author has the last word on whether it is a 360° photo or film. */
export const maySurround = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  /^(image|video)\//.test(mediaType);

export const isPicture = ({ mediaType }: Pick<StoredFile, 'mediaType'>): boolean =>
  mediaType.startsWith('image/');

/** Which labels show or lead into a picture that is none of the draft's, by the fields that name it. */
export function withoutPicture(
  files: readonly StoredFile[],
  annotations: readonly Annotation[],
): { field: string; path: string }[] {
  const pictures = picturesOf(files);
  return annotations.flatMap((annotation, at) => [
    ...missing(pictures, `${at}.image`, annotation.image),
    ...missing(pictures, `${at}.scene.path`, isInSphere(annotation) ? annotation.scene?.path : undefined),
  ]);
}

const missing = (pictures: ReadonlySet<string>, field: string, path: string | undefined) =>
  path === undefined || pictures.has(path) ? [] : [{ field, path }];

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
 * The files with labels that fit them, after some were renamed, replaced or removed: a label follows the pictures that
 * it names to another name and loses those that are gone; what no longer takes a label has it no more.
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
    const kept = annotations.filter((one) => fits(file, one));
    if (kept.length === 0) return plain;
    return { ...plain, annotations: kept.map((one) => withPicturesAmong(one, pictures, named)) };
  });
}

/** Whether a file takes a label by its media type alone. */
export const fits = (file: Pick<StoredFile, 'mediaType'>, annotation: Annotation): boolean =>
  isInSphere(annotation) ? maySurround(file) : isModel(file) || mayHoldModel(file);

function withPicturesAmong(
  annotation: Annotation,
  pictures: ReadonlySet<string>,
  named: ReadonlyMap<string, string>,
): Annotation {
  const now = (before: string | undefined) => {
    const path = before === undefined ? undefined : (named.get(before) ?? before);
    return path !== undefined && pictures.has(path) ? path : undefined;
  };
  const { image: _, ...rest } = annotation;
  const image = now(annotation.image);
  const shown = image === undefined ? {} : { image };
  if (!('scene' in rest)) return { ...rest, ...shown };
  const { scene, ...others } = rest;
  const path = now(scene?.path);
  return { ...others, ...shown, ...(scene && path !== undefined && { scene: { ...scene, path } }) };
}

const picturesOf = (files: readonly StoredFile[]) => new Set(files.filter(isPicture).map(({ path }) => path));
