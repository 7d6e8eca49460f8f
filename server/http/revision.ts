import { changedMeanwhile } from './problems.ts';

/**
 * Compares the revision that the caller has seen (`If-Match`) with the stored one; without the header anything goes.
 * @throws changedMeanwhile (412)
 */
export function assertRevision(stored: { revision: number }, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== stored.revision)
    throw changedMeanwhile({ revision: stored.revision });
}
