import { attachHeldFiles, lookUpFiles } from '../../../server/uploads/contract.ts';
import { call } from '../../api/call.ts';
import type { Parcel } from './parcel.ts';

/** Below this, sending is quicker than asking; above, the browser would have to hold too much at once to hash it. */
const smallest = 1024 * 1024;
const largest = 256 * 1024 * 1024;

/** A published resource that has the same file. */
export interface Twin {
  readonly id: string;
  readonly title: string;
}

export interface Known {
  readonly sha256: string;
  /** The organisation holds the bytes: they need not be sent. */
  readonly held: boolean;
  readonly twin: Twin | undefined;
}

/**
 * What the server knows of a file before it is sent; undefined when asking is not worth it, or not possible, since
 * browsers hash in secure contexts alone.
 */
export async function askWhetherKnown({ file, resource, path }: Parcel): Promise<Known | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle || file.size < smallest || file.size > largest) return undefined;
  try {
    const digest = await subtle.digest('SHA-256', await file.arrayBuffer());
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const body = { files: [{ path, sha256 }] };
    const { items } = await call(lookUpFiles, { params: { id: resource }, body });
    const [item] = items;
    return item && { sha256, held: item.held, twin: item.published[0] };
  } catch (error) {
    console.info('The file is sent without asking', error);
    return undefined; // what is wrong with file or draft, the upload itself will tell
  }
}

/** Adds a file whose bytes the organisation holds. Gives its path; undefined when it has to be sent after all. */
export async function attachKnown(
  { resource, path, taken }: Parcel,
  sha256: string,
): Promise<string | undefined> {
  try {
    const body = { files: [{ path, sha256 }], taken };
    const { items } = await call(attachHeldFiles, { params: { id: resource }, body });
    return items[0]?.path;
  } catch (error) {
    console.info('The file is sent instead', error);
    return undefined;
  }
}
