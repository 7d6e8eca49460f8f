/** Signatures in a zip (APPNOTE 6.3.10, sections 4.3.12 and 4.3.16), little-endian. */
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const endLength = 22;

/**
 * Bytes of what is in a zip once it is unpacked, as its directory says; infinite when that cannot be read, or is that of
 * a zip of more than 4 GiB.
 */
export function unpackedSizeOf(zip: ArrayBuffer): number {
  const view = new DataView(zip);
  let end = view.byteLength - endLength;
  while (end >= 0 && view.getUint32(end, true) !== endSignature) end--;
  if (end < 0) return Number.POSITIVE_INFINITY;
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let size = 0;
  for (let entry = 0; entry < entries; entry++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) return Number.POSITIVE_INFINITY;
    const unpacked = view.getUint32(at + 24, true);
    size += unpacked === 0xffffffff ? Number.POSITIVE_INFINITY : unpacked;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return size;
}
