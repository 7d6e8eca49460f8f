const mark = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Whether bytes begin a compound file (MS-CFB 2.2): an old Office file, or a newer one that has a password. */
export const isCompoundFile = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, mark.length)).equals(mark);
