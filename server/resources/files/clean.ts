import { conditionsOf } from '../../blobs/index.ts';
import type { Platform } from '../../platform.ts';
import { infectedFile, stillScanned } from '../problems.ts';
import type { StoredFile } from '../stored.ts';

/**
 * Whether others may come to see files: none is infected and, unless they may wait for the scanner, all were scanned.
 * @throws infectedFile, stillScanned
 */
export async function assertClean(
  platform: Pick<Platform, 'config'>,
  files: readonly StoredFile[],
  { mayWait = false }: { mayWait?: boolean } = {},
): Promise<void> {
  const conditions = await conditionsOf(
    platform,
    files.map(({ sha256 }) => sha256),
  );
  for (const { path, sha256 } of files) {
    const scan = conditions.get(sha256)?.scan;
    if (scan?.state === 'infected') throw infectedFile({ path, threat: scan.threat ?? '' });
  }
  const waiting = files.find(({ sha256 }) => conditions.get(sha256)?.scan.state === 'waiting');
  if (waiting && !mayWait) throw stillScanned({ path: waiting.path });
}
