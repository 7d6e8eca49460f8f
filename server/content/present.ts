import type { z } from 'zod';
import { type Derivative, reasonWords } from '../derive/index.ts';
import type { Language } from '../http/index.ts';
import type { StoredFile } from '../resources/index.ts';
import type { Preview } from './contract.ts';

/** Makes the address of a blob, or of something made of it, under a file name. */
type Address = (sha256: string, what: string, name: string) => string;

/** A file with what is needed to show it in place. */
export function presentPreview(
  { path, size, mediaType, sha256 }: StoredFile,
  made: readonly Derivative[],
  address: Address,
  language: Language,
): z.input<typeof Preview> {
  const name = path.split('/').at(-1) ?? path;
  const pictures = made.flatMap(({ outputs }) => outputs);
  return {
    path,
    size,
    mediaType,
    sha256,
    url: address(sha256, 'file', name),
    thumbnails: Object.fromEntries(
      pictures.map(({ name: picture, width, height }) => [
        picture,
        { url: address(sha256, picture, `${picture}.webp`), width, height },
      ]),
    ),
    facts: Object.assign({}, ...made.map(({ facts }) => facts)),
    made: made.map(({ recipe, state, reason }) => ({
      recipe,
      state,
      ...(reason && { reason, detail: reasonWords[reason][language] }),
    })),
  };
}
