import { open } from 'node:fs/promises';
import yauzl from 'yauzl';
import { isCompoundFile } from '../../compound-file.ts';
import { NotConvertible } from './conversion.ts';

/** Beyond these an Office file is a bomb. */
const mostEntries = 20_000;
const largestEntry = 100 * 1024 * 1024;
const mostInflated = 300 * 1024 * 1024;

export type Read = (name: string) => Promise<Buffer>;

export interface OfficeZip {
  names: string[];
  /** An entry; empty when there is none of this name. @throws NotConvertible */
  read: Read;
}

/**
 * Tells files with a password: OOXML lies encrypted in a compound file then (MS-OFFCRYPTO 2.3.4), and the manifest of
 * OpenDocument says how its files are (ODF 1.3, part 2, section 4.8).
 * @throws NotConvertible: encrypted
 */
export async function refuseLocked(path: string): Promise<void> {
  const manifest = await withOfficeZip(path, ({ read }) => read('META-INF/manifest.xml')).catch(() => '');
  if (manifest.includes('encryption-data') || (await isCompound(path))) throw new NotConvertible('encrypted');
}

async function isCompound(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return isCompoundFile(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Opens an Office file for as long as it is used. @throws NotConvertible: whatever is wrong with it */
export async function withOfficeZip<T>(path: string, use: (zip: OfficeZip) => Promise<T>): Promise<T> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(() => {
    throw new NotConvertible('damaged');
  });
  try {
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostEntries) throw new NotConvertible('too-large');
      entries.set(entry.fileName, entry);
    }
    return await use({ names: [...entries.keys()], read: reader(zip, entries) });
  } catch (error) {
    if (error instanceof NotConvertible) throw error;
    throw new NotConvertible('damaged');
  } finally {
    zip.close();
  }
}

/** Reads entries, all of them together in bounds, whatever their headers claim. */
function reader(zip: yauzl.ZipFile, entries: Map<string, yauzl.Entry>): Read {
  let inflated = 0;
  return async (name) => {
    const entry = entries.get(name);
    if (!entry) return Buffer.alloc(0);
    if (entry.isEncrypted()) throw new NotConvertible('encrypted');
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      size += chunk.length;
      inflated += chunk.length;
      if (size > largestEntry || inflated > mostInflated) throw new NotConvertible('too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };
}
