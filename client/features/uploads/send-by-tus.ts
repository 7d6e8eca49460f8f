import type { DetailedError, PreviousUpload } from 'tus-js-client';
import { CLIENT_HEADER } from '../../../server/http/contract.ts';
import type { TakenWay } from '../../../server/resources/contract.ts';
import { getUpload } from '../../../server/uploads/contract.ts';
import { call } from '../../api/call.ts';
import { sessionEnded } from '../../api/session.ts';
import { afterRefusal, type Parcel, problemIn, type Sending, type Watcher } from './parcel.ts';

/** Every part asks for permission anew, and passes proxies that hold back large bodies. */
const partSize = 64 * 1024 * 1024;
const retryDelays = [500, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];
const endpoint = () => `${window.location.origin}/api/uploads`;
const headers = { [CLIENT_HEADER.name]: CLIENT_HEADER.value };

/**
 * May pass by itself: no answer, a lock that is still held, an overloaded or restarting server; and that the server has
 * more or less of the file than we think, which the next try asks first. Any other conflict is about the draft, and
 * stays.
 */
const mayPass = (status: number, body: string | undefined) =>
  status === 409
    ? problemIn(body)?.kind === 'uploads/other-offset'
    : [0, 423, 429, 500, 502, 503, 504].includes(status);

/** An upload is asked for without words (HEAD): with these answers it may be there all the same. */
const isNotTold = (status: number) => status === 401 || mayPass(status, undefined);

/** How far an upload is could not be asked. */
class NotTold extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The server does not tell how far the upload is: ${status}`);
    this.status = status;
  }
}

/** Sends resumably (tus 1.0.0): what was sent before a reload or an outage is not sent again. */
export async function sendByTus(parcel: Parcel, watcher: Watcher): Promise<Sending> {
  const { Upload } = await import('tus-js-client');
  const upload = new Upload(parcel.file, {
    endpoint: endpoint(),
    headers,
    metadata: {
      filename: parcel.file.name,
      resource: parcel.resource,
      path: parcel.path,
      taken: parcel.taken,
    },
    fingerprint: async () => fingerprintOf(parcel),
    removeFingerprintOnSuccess: true,
    chunkSize: partSize,
    retryDelays,
    onProgress: (sent) => watcher.onProgress(sent),
    onSuccess: () => void pathOf(upload.url).then(watcher.onDone),
    // The library would send all from the beginning, though the server may well have the most of it.
    onAfterResponse: (request, response) => {
      const status = response.getStatus();
      if (request.getMethod() === 'HEAD' && isNotTold(status)) throw new NotTold(status);
    },
    onShouldRetry: (error) => {
      const again = mayPass(statusOf(error), error.originalResponse?.getBody());
      if (again) watcher.onRetry();
      return again;
    },
    onError: (error) => {
      const status = statusOf(error);
      const told = 'originalResponse' in error ? problemIn(error.originalResponse?.getBody()) : undefined;
      const refusal = status === 401 ? (told?.problem ?? sessionEnded()) : told?.problem;
      void afterRefusal(status, refusal, watcher, () => upload.start());
    },
  });
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: () => void upload.abort(true),
  };
}

/** HTTP status of what went wrong; 0 when no answer came. */
function statusOf(error: Error | DetailedError): number {
  if (!('causingError' in error)) return 0;
  const { causingError, originalResponse } = error;
  return causingError instanceof NotTold ? causingError.status : (originalResponse?.getStatus() ?? 0);
}

/** Where the file of an upload that has finished stands; undefined when that cannot be found out now. */
async function pathOf(address: string | null): Promise<string | undefined> {
  try {
    const { file } = await call(getUpload, { params: { id: address?.split('/').at(-1) ?? '' } });
    return file?.path;
  } catch (error) {
    console.info('Where the file stands is seen in the draft alone', error);
    return undefined;
  }
}

const fingerprintOf = ({ file, resource, path, taken }: Parcel) =>
  ['courseyard', resource, path, file.size, file.lastModified, taken].join(':');

/** An upload that an earlier page began, as this browser remembers it. */
export interface Unfinished {
  readonly key: string;
  readonly address: string;
  readonly resource: string;
  readonly path: string;
  readonly size: number;
  readonly taken: TakenWay;
}

/** Uploads that earlier pages began and did not finish; their bytes must be picked again. */
export async function unfinishedUploads(): Promise<Unfinished[]> {
  const storage = await storageOfAddresses();
  const found = await storage.findAllUploads();
  return found.flatMap((one: PreviousUpload) =>
    one.uploadUrl && one.metadata.resource
      ? [
          {
            key: one.urlStorageKey,
            address: one.uploadUrl,
            resource: one.metadata.resource,
            path: one.metadata.path ?? one.metadata.filename ?? '',
            size: one.size ?? 0,
            taken: one.metadata.taken === 'replace' ? 'replace' : 'rename',
          },
        ]
      : [],
  );
}

/** Bytes that the server has of an unfinished upload; undefined when it cannot tell now. */
export async function offsetOf(address: string): Promise<number | 'gone' | undefined> {
  const response = await fetch(address, {
    method: 'HEAD',
    headers: { ...headers, 'Tus-Resumable': '1.0.0' },
  });
  const offset = response.headers.get('Upload-Offset');
  if (response.ok && offset !== null) return Number(offset);
  return isNotTold(response.status) ? undefined : 'gone';
}

/** Forgets an unfinished upload, here and on the server. */
export async function forget({ key, address }: Unfinished): Promise<void> {
  const storage = await storageOfAddresses();
  await storage.removeUpload(key);
  await fetch(address, { method: 'DELETE', headers: { ...headers, 'Tus-Resumable': '1.0.0' } });
}

async function storageOfAddresses() {
  const { defaultOptions } = await import('tus-js-client');
  return defaultOptions.urlStorage;
}
