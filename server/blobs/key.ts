import { randomUUID } from 'node:crypto';

/** A key under which no object has ever been. */
export const newBlobKey = (): string => `blobs/${randomUUID()}`;
