/** An address that names no store; the message says what would. */
export class BadStoreAddress extends Error {
  override readonly name = 'BadStoreAddress';
}

export type StoreAddress =
  | { readonly kind: 'folder'; readonly folder: string }
  /** on the server that is used anyway */
  | { readonly kind: 'bucket'; readonly bucket: string }
  | {
      readonly kind: 'server';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

const named = 'a folder, s3://bucket or https://KEY:SECRET@host/bucket';

/**
 * What an address names: `s3://bucket` a bucket on the usual S3 server, `https://KEY:SECRET@host/bucket?region=…` one
 * on any other, and what has no scheme a folder.
 * @throws BadStoreAddress
 */
export function readStoreAddress(address: string): StoreAddress {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(address)) return { kind: 'folder', folder: address };
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 's3:' && url.host) return { kind: 'bucket', bucket: url.host };
  const bucket = url?.pathname.replace(/^\/|\/$/g, '');
  const [accessKeyId, secretAccessKey] = [decoded(url?.username), decoded(url?.password)];
  if (!url || !/^https?:$/.test(url.protocol) || !bucket || bucket.includes('/'))
    throw new BadStoreAddress(named);
  if (!accessKeyId || !secretAccessKey) throw new BadStoreAddress(named);
  const region = url.searchParams.get('region') ?? 'us-east-1';
  return { kind: 'server', endpoint: url.origin, bucket, region, accessKeyId, secretAccessKey };
}

function decoded(part = ''): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined; // a percent sign that stands for nothing
  }
}
