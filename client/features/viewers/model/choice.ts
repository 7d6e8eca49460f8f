import type { Viewable } from '../kinds.ts';
import { isGltf } from './sources.ts';

/** Which copy of a model is shown, and whether it opens by itself. */
export type Choice =
  | { readonly does: 'open'; readonly src: string }
  /** Only who asks for it opens it: a phone is too weak for it, or nobody knows yet how heavy it is. */
  | { readonly does: 'ask'; readonly src: string; readonly because: 'phone' | 'unknown' }
  /** It would make any browser stand still. */
  | { readonly does: 'refuse'; readonly because: 'heavy' }
  /** There is nothing to open, or nobody will know whether browsers carry it. */
  | { readonly does: 'fail' };

type File = Pick<Viewable, 'path' | 'mediaType' | 'url' | 'copies' | 'model'>;

/** Computers show the model as it was uploaded, phones the copy for them; each the other one when that is too heavy. */
export function choiceFor(file: File, isPhone: boolean): Choice {
  const { whole, light, isUnknowable = false } = file.model ?? {};
  const copies = [
    { src: isGltf(file) ? file.url : file.copies?.packed?.url, weight: whole },
    { src: file.copies?.light?.url, weight: light },
  ].flatMap(({ src, weight }) => (src === undefined ? [] : [{ src, weight }]));
  if (isPhone) copies.reverse();
  const runs = copies.find(({ weight }) => (isPhone ? weight?.runsOnPhones : weight?.runsOnComputers));
  if (runs) return { does: 'open', src: runs.src };
  const runsElsewhere = copies.find(({ weight }) => weight?.runsOnComputers);
  if (runsElsewhere) return { does: 'ask', src: runsElsewhere.src, because: 'phone' };
  const unknown = copies.find(({ weight }) => weight === undefined);
  if (unknown && !isUnknowable) return { does: 'ask', src: unknown.src, because: 'unknown' };
  return isUnknowable || copies.length === 0 ? { does: 'fail' } : { does: 'refuse', because: 'heavy' };
}
