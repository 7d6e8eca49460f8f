export { takeBack } from './collect.ts';
export { conditionOfBlobs, setAsideOf } from './condition.ts';
export { digestOf, RunningDigest } from './digest.ts';
export { verifyAll } from './fixity.ts';
export { handOver } from './hand-over.ts';
export { blobsOf, defineBlobHolder, eachBlob, heldBy, holdBlob } from './hold.ts';
export {
  admitHeld,
  assertPromise,
  type Findings,
  type Ingested,
  ingest,
  ingestUnfinished,
  storeProblem,
} from './ingest.ts';
export { blobJobs } from './jobs.ts';
export { newBlobKey } from './key.ts';
export { mediaTypeFor } from './media-types.ts';
export type { Blob } from './model.ts';
export { blobDamaged, blobGone, emptyFile, storeFull, tooLarge } from './problems.ts';
export { type Reservation, release, reserve, storageOf } from './quota.ts';
export { readBlob, readStored } from './read.ts';
export { type Scan, scansOf } from './scan.ts';
export { headSize } from './sniff.ts';
