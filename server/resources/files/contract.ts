import { z } from 'zod';
import { isBlank, isBroken } from '../../http/contract.ts';

/** Control characters, halves of surrogate pairs, direction marks, and what separates folders elsewhere. */
const unsafe = /[\p{Cs}\p{Cc}\p{Bidi_Control}\u2028\u2029\\]/u;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** Whether a name can stand between two slashes on every file system that an archive is unpacked on. */
function isSafeSegment(segment: string): boolean {
  return (
    !isBlank(segment) &&
    segment !== '.' &&
    segment !== '..' &&
    segment === segment.trim() &&
    !unsafe.test(segment) &&
    bytesOf(segment) <= 255
  );
}

/** Where a file stands in an archive, whose program may not have told how it wrote the name. */
export const EntryPath = z
  .string()
  .max(1000)
  .transform((path) => path.normalize('NFC'))
  .refine((path) => path.split('/').every(isSafeSegment), { error: 'path' });

/** Where a file stands in a resource: folders and name with slashes between, in Unicode normal form C. */
export const FilePath = EntryPath.refine((path) => !isBroken(path), { error: 'broken' });

/** A version by its number, `newest`, or `draft` for those who may see it. */
export const Which = z.union([z.literal(['newest', 'draft']), z.coerce.number().int().min(1).max(1_000_000)]);

/** Two paths are one when this is the same: a file system may not tell large and small letters apart. */
export const foldPath = (path: string): string => path.normalize('NFC').toLowerCase();

/** What becomes of a file that comes to a path where another stands: it replaces that one, or gets a name of its own. */
export const TakenWay = z.enum(['replace', 'rename']);
export type TakenWay = z.output<typeof TakenWay>;

/** How a picture is to be looked at: from within a sphere, or flat. */
export const fileViews = ['sphere', 'flat'] as const;

/** Where one looks in a 360° photo, in degrees: to the right of its middle, up, and from the upper to the lower edge. */
export const Look = z.strictObject({
  yaw: z.number().min(-180).max(180),
  pitch: z.number().min(-90).max(90),
  width: z.number().min(20).max(120),
});
export type Look = z.output<typeof Look>;
