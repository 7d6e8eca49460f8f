import { RunningDigest } from '../blobs/index.ts';

/** An upload that pauses for longer is read again at its end instead. */
const idleTime = 10 * 60_000;
const mostKept = 1000;

const kept = new Map<string, { digest: RunningDigest; timer: NodeJS.Timeout }>();

/**
 * The digest of what an upload has received so far, when this process has seen all of it; an upload that continues in
 * another process, or after a restart, has none.
 */
export function takeDigest(upload: string, offset: number): RunningDigest | undefined {
  const found = kept.get(upload);
  if (found) {
    clearTimeout(found.timer);
    kept.delete(upload);
    if (found.digest.size === offset && offset > 0) return found.digest;
    found.digest.forget();
  }
  return offset === 0 ? new RunningDigest() : undefined;
}

/** Keeps a digest for the next request that continues the upload. */
export function keepDigest(upload: string, digest: RunningDigest): void {
  if (kept.size >= mostKept) {
    digest.forget();
    return;
  }
  const timer = setTimeout(() => dropDigest(upload), idleTime);
  timer.unref();
  kept.set(upload, { digest, timer });
}

export function dropDigest(upload: string): void {
  const found = kept.get(upload);
  if (!found) return;
  clearTimeout(found.timer);
  kept.delete(upload);
  found.digest.forget();
}
