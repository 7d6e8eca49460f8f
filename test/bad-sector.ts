import { rm, symlink } from 'node:fs/promises';
import { test } from '@jest/globals';

/** For what needs a bad sector: only Linux has a file that opens like others and whose first byte is an I/O error. */
export const testOnBadSector = process.platform === 'linux' ? test : test.skip;

/** Makes a file one that the disk cannot read any more (EIO). */
export async function makeUnreadable(path: string): Promise<void> {
  await rm(path);
  await symlink('/proc/self/mem', path);
}
