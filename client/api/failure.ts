import type { Preview } from './content.ts';

type Made = Preview['made'];

/** What nobody misses who looks at the file. */
export const unseen: ReadonlySet<string> = new Set(['ocr', 'avif', 'stream']);

const failuresIn = (made: Made) =>
  made.filter(({ state, recipe }) => state === 'failed' && !unseen.has(recipe));

/** Failures that tell nothing of the file itself. */
const notItsFault: ReadonlySet<string> = new Set(['office-missing', 'cancelled', 'nothing-to-show']);
const isItsFault = ({ reason }: Made[number]) => reason !== undefined && !notItsFault.has(reason);

/** Whether something could not be made for a fault of the file, or because it asks for too much. */
export const isAtFault = (made: Made): boolean => failuresIn(made).some(isItsFault);

/**
 * Why there is less to see than could be: what is wrong with the file before what is missing here; pages and models
 * count for more than their picture.
 */
export function failureOf(made: Made): string | undefined {
  const failed = failuresIn(made);
  const own = failed.filter(isItsFault);
  const told = own.length > 0 ? own : failed;
  return (told.find(({ recipe }) => recipe === 'pdf' || recipe === 'model') ?? told[0])?.detail;
}

/** What its author may want to know of a file, though it opens: that the text in its pictures is not read here. */
export const remarkOn = (made: Made): string | undefined =>
  made.find(({ recipe, reason }) => recipe === 'ocr' && reason === 'ocr-missing')?.detail;
