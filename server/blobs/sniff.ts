import { fileTypeFromBuffer } from 'file-type';
import { isCompoundFile } from '../compound-file.ts';
import { kindOfDetected, kindsOfType, promisedBy, unknownType } from './media-types.ts';

/** As much of a file's beginning as is looked at, in bytes. */
export const headSize = 64 * 1024;
/** As much of its end. */
export const tailSize = 66 * 1024;

type Verdict = { mediaType: string } | { differs: { promised: string; found: string } };

/** The bytes of a file that are looked at; its end only once it has come. */
interface Ends {
  head: Uint8Array;
  tail?: Uint8Array;
}

/**
 * The media type of a file by its content, its name and what the sender declared, or what contradicts what. A name
 * whose extension we do not know promises nothing; bytes that nobody can tell (drawings of CAD systems) are believed.
 */
export async function mediaTypeOf(ends: Ends, name: string, declared?: string): Promise<Verdict> {
  const { head } = ends;
  const detected = await fileTypeFromBuffer(head).catch(() => undefined); // it throws on some damaged files
  const own = toldBy(head);
  const promised = promisedBy(name);
  const seen = (detected && kindOfDetected(detected.ext)) ?? own?.kind;
  const kind = promised && mayFollowTag.has(promised.kind) && isAllTag(head) ? promised.kind : seen;
  const found = detected?.mime ?? own?.mediaType ?? unknownType;

  if (promised && isOoxml(promised.mediaType) && isLocked(ends)) return { mediaType: promised.mediaType };
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

/** What the detector does not tell: text, and TIFF whose directory stands behind its pixels, as libtiff writes it. */
function toldBy(head: Uint8Array): { kind: 'text' | 'tiff'; mediaType: string } | undefined {
  const mark = Buffer.from(head.subarray(0, 4)).toString('latin1');
  if (mark === 'II*\0' || mark === 'MM\0*') return { kind: 'tiff', mediaType: 'image/tiff' };
  return isText(head) ? { kind: 'text', mediaType: 'text/plain' } : undefined;
}

/** What may begin with a tag (ID3v2.4, section 3.1). */
const mayFollowTag: ReadonlySet<string> = new Set(['mp3', 'flac', 'aac']);

/** Whether a tag, with pictures in it, fills all that is seen: what follows it only the name tells. */
function isAllTag(head: Uint8Array): boolean {
  const bytes = Buffer.from(head);
  if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < 10) return false;
  const size = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0);
  return 10 + size >= bytes.length;
}

/** No byte that text never has; a cut character at the end is no fault. UTF-16 begins with its mark. */
function isText(head: Uint8Array): boolean {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

const isOoxml = (mediaType: string) => mediaType.includes('openxmlformats');
/** Of its streams' names; the directory that holds them may stand at either end. */
const lockMarks = ['EncryptedPackage', 'EncryptionInfo'].map((name) => Buffer.from(name, 'utf16le'));

/** Whether an Office file has a password, which makes it a compound file (MS-OFFCRYPTO 2.3.4), as far as has been seen. */
function isLocked({ head, tail }: Ends): boolean {
  if (!isCompoundFile(head)) return false;
  const begins = Buffer.from(head);
  const ends = tail && Buffer.from(tail);
  return !ends || lockMarks.some((mark) => begins.includes(mark) || ends.includes(mark));
}

const endMarks: Record<string, string> = { 'application/pdf': 'startxref', 'image/png': 'IEND' };

/** Whether a file lacks what must stand near its end: PDF, PNG and everything that is a zip. */
export function isCutOff(mediaType: string, name: string, { head, tail }: Required<Ends>): boolean {
  const isZip = promisedBy(name)?.kind === 'zip' || mediaType === 'application/zip';
  const mark = isZip ? 'PK\u0005\u0006' : endMarks[mediaType];
  if (mark === undefined || (isOoxml(mediaType) && isLocked({ head, tail }))) return false;
  return !Buffer.from(tail).includes(mark, 0, 'latin1');
}
