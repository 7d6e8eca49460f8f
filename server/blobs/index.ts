export { takeBack } from './collect.ts';
export { type Digest, digestOf, RunningDigest } from './digest.ts';
export { type Verification, verifyAll } from './fixity.ts';
export { type BlobHolder, type BlobUse, blobsOf, defineBlobHolder, holdBlob } from './hold.ts';
export {
  type Arrival,
  assertPromise,
  type Claims,
  type Findings,
  type Ingested,
  ingest,
  ingestUnfinished,
  newBlobKey,
  storeProblem,
} from './ingest.ts';
export { blobJobs } from './jobs.ts';
export { extensionOf, mediaTypeFor } from './media-types.ts';
export type { Blob } from './model.ts';
export { blobGone, emptyFile, storeFull, tooLarge } from './problems.ts';
export { type Reservation, release, reserve, storageOf } from './quota.ts';
export { readBlob } from './read.ts';
export { headSize } from './sniff.ts';
