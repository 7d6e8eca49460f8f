import { fileTypeFromBuffer } from 'file-type';
import { kindOfDetected, kindsOfType, promisedBy, unknownType } from './media-types.ts';

/** As much of a file's beginning as is looked at, in bytes. */
export const headSize = 64 * 1024;
/** As much of its end. */
export const tailSize = 66 * 1024;

type Verdict = { mediaType: string } | { differs: { promised: string; found: string } };

/**
 * The media type of a file by its content, its name and what the sender declared, or what contradicts what. A name
 * whose extension we do not know promises nothing; bytes that nobody can tell (drawings of CAD systems) are believed.
 */
export async function mediaTypeOf(head: Uint8Array, name: string, declared?: string): Promise<Verdict> {
  const detected = await fileTypeFromBuffer(head).catch(() => undefined); // it throws on some damaged files
  const kind = (detected && kindOfDetected(detected.ext)) ?? (isText(head) ? 'text' : undefined);
  const found = detected?.mime ?? (kind === 'text' ? 'text/plain' : unknownType);

  const promised = promisedBy(name);
  if (promised && promised.kind !== 'any' && promised.kind !== kind) {
    const mayBeText = promised.kind === 'text' && kind === undefined && isText(head);
    if (!mayBeText) return { differs: { promised: promised.mediaType, found } };
  }
  const declaredType = declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  const declaredKinds = kindsOfType(declaredType);
  const isContradicted = declaredKinds.length > 0 && kind !== undefined && !declaredKinds.includes(kind);
  if (isContradicted && kind !== 'text') return { differs: { promised: declaredType, found } };
  return { mediaType: promised?.mediaType ?? found };
}

/** No byte that text never has; a cut character at the end is no fault. UTF-16 begins with its mark. */
function isText(head: Uint8Array): boolean {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

const endMarks: Record<string, string> = { 'application/pdf': 'startxref', 'image/png': 'IEND' };

/** Whether a file lacks what must stand near its end: PDF, PNG and everything that is a zip. */
export function isCutOff(mediaType: string, name: string, tail: Uint8Array): boolean {
  const isZip = promisedBy(name)?.kind === 'zip' || mediaType === 'application/zip';
  const mark = isZip ? 'PK\u0005\u0006' : endMarks[mediaType];
  return mark !== undefined && !Buffer.from(tail).includes(mark, 0, 'latin1');
}
