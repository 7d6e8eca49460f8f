import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const mebibyte = 1024 * 1024;
const size = 8 * mebibyte;
/** Made only where it is small beside the room that is left. */
const wantedRoom = 4 * size;

/**
 * Room on the disk that is held by a file beside the documents, and given up when there is no other: what has filled
 * the disk could not be deleted without writing that down.
 */
export class Reserve {
  private readonly file: string;

  constructor(documents: string) {
    this.file = `${documents}.reserve`;
  }

  /** Makes it, when it is not there and the disk has room. @throws when the disk cannot be written to */
  keep(): void {
    if (existsSync(this.file)) return;
    const { bavail, bsize } = statfsSync(dirname(this.file));
    if (bavail * bsize < wantedRoom) return;
    const bytes = randomBytes(mebibyte); // a file system that compresses would make nothing of zeros
    const file = openSync(this.file, 'w', 0o600);
    try {
      for (let at = 0; at < size; at += mebibyte) writeSync(file, bytes);
    } catch (error) {
      rmSync(this.file);
      throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room up; whether there was any. */
  spend(): boolean {
    const isThere = existsSync(this.file);
    rmSync(this.file, { force: true });
    return isThere;
  }
}
