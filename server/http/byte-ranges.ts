/** A stretch of bytes, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** More than these in one request are an attack, not a player or a PDF viewer. */
const mostRanges = 50;
const rangeSet = /^bytes=[\s,]*(\d*-\d*)([\s,]+\d*-\d*)*[\s,]*$/i;

/**
 * The ranges that a `Range` header asks of something of this size (RFC 9110, section 14.2), in order and joined where
 * they touch. Undefined: send everything, since no range is asked for, or in a unit that we do not know. Empty: they
 * cannot be satisfied, are malformed or too many.
 */
export function byteRangesOf(header: string | undefined, size: number): ByteRange[] | undefined {
  if (header === undefined || !/^bytes=/i.test(header)) return undefined;
  if (header.length > 50 * mostRanges || !rangeSet.test(header)) return [];
  const specs = [...header.matchAll(/(\d*)-(\d*)/g)];
  if (specs.length > mostRanges) return [];
  const ranges: ByteRange[] = [];
  for (const [, from = '', to = ''] of specs) {
    if (from === '' && to === '') return [];
    const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
    const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
    if (from !== '' && to !== '' && Number(from) > Number(to)) return [];
    if (first <= last) ranges.push({ first, last });
  }
  return joined(ranges);
}

function joined(ranges: ByteRange[]): ByteRange[] {
  const result: ByteRange[] = [];
  for (const { first, last } of ranges.sort((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else result.push({ first, last });
  }
  return result;
}
