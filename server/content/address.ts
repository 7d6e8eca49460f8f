import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an address gives access to: a blob under a file name, or something that was made of it. */
export interface Capability {
  sha256: string;
  /** `file`, what was made of it by name, or every file inside of a zip: `package` to look at, `play` to run */
  what: string;
  /** file name, from which the media type follows; empty for a package */
  name: string;
}

/** Kinds that stand for every file inside of a zip: to be looked at, to be run as a package, or a picture in tiles. */
const packaged = new Set(['package', 'play', 'tiles']);

/** What addresses are signed by. */
export interface Signing {
  key: string;
  /** Seconds that an address works at least. */
  seconds: number;
}

/** Whoever is at work in a package cannot be given another address: as it stands, for a teaching day. */
const patience = 6;

/** Seconds that an address works at least: of what lies in a zip, longer than of other content. */
export const lifetimeOf = ({ seconds }: Signing, what: string): number =>
  what === 'package' || what === 'play' ? seconds * patience : seconds;

/** Seconds in which the addresses of one thing are equal, so that browsers keep what they have. */
export const sameFor = ({ seconds }: Signing): number => Math.ceil(seconds / 2);

/**
 * Signs an address on the content server: `/{expires}/{signature}/{sha256}/{what}/{name}`. That of a package ends with
 * a slash; behind it stands the path of a file in the zip, so that the links from one to the other work.
 */
export function addressFor(signing: Signing, capability: Capability, now: Date): string {
  const { sha256, what, name } = capability;
  const window = sameFor(signing);
  const expires = (Math.floor(now.getTime() / 1000 / window) + 1) * window + lifetimeOf(signing, what);
  const signature = sign(signing.key, capability, expires);
  return `/${expires.toString(36)}/${signature}/${sha256}/${what}/${encodeURIComponent(name)}`;
}

/** For a package, `entry` is the path in the zip that is asked for. */
export type Reading = { capability: Capability; entry: string; secondsLeft: number } | 'expired' | 'unknown';

/** What an address gives access to now. One that we have not signed says nothing. */
export function readAddress(key: string, path: string, now: Date): Reading {
  const [, expiresIn = '', signature = '', sha256 = '', what = '', ...rest] = path.split('/');
  const isShaped = /^[0-9a-f]{64}$/.test(sha256) && /^[a-z-]{1,20}$/.test(what);
  const expires = Number.parseInt(expiresIn, 36);
  const tail = decoded(rest.join('/'));
  const isPackage = packaged.has(what);
  if (!isShaped || tail === undefined || !Number.isSafeInteger(expires)) return 'unknown';
  if (rest.length > 1 && !isPackage) return 'unknown';
  const [name, entry] = isPackage ? ['', tail] : [tail, ''];
  const capability = { sha256, what, name };
  const expected = Buffer.from(sign(key, capability, expires));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'unknown';
  const secondsLeft = expires - Math.floor(now.getTime() / 1000);
  return secondsLeft > 0 ? { capability, entry, secondsLeft } : 'expired';
}

function sign(key: string, { sha256, what, name }: Capability, expires: number): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([expires, sha256, what, name]))
    .digest('base64url')
    .slice(0, 32);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
