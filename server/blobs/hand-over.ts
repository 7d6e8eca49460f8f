import type { ServerResponse } from 'node:http';
import type { Platform } from '../platform.ts';
import type { Blob } from './model.ts';
import { assertGood } from './read.ts';

interface Wishes {
  mediaType: string;
  disposition: string;
  caching: string;
  /** for how long an address of the store itself is to work */
  seconds: number;
  /** Whether nginx may send it: it leaves out our other headers. */
  mayLoseHeaders: boolean;
}

/**
 * Leaves the sending of a blob to others where the settings say so: to the S3 server by a signed address, or to nginx
 * in front of us (X-Accel-Redirect). Resolves with whether it has; otherwise we send it ourselves.
 * @throws blobDamaged, blobQuarantined
 */
export async function handOver(
  { config, objects }: Pick<Platform, 'config' | 'objects'>,
  res: ServerResponse,
  blob: Blob,
  { mediaType, disposition, caching, seconds, mayLoseHeaders }: Wishes,
): Promise<boolean> {
  if (config.S3_DOWNLOADS === 'redirect' && objects.signedUrl) {
    assertGood(blob);
    const Location = await objects.signedUrl(blob.key, { seconds, mediaType, disposition });
    res.writeHead(302, { Location, 'Cache-Control': 'no-store' }).end();
    return true;
  }
  if (config.ACCEL_REDIRECT && objects.localPath && mayLoseHeaders) {
    assertGood(blob);
    const path = objects.localPath(blob.key).split(/[\\/]/).map(encodeURIComponent).join('/');
    res
      .writeHead(200, {
        'X-Accel-Redirect': config.ACCEL_REDIRECT + path,
        'Content-Type': mediaType,
        'Content-Disposition': disposition,
        'Cache-Control': caching,
      })
      .end();
    return true;
  }
  return false;
}
