import { text } from 'node:stream/consumers';
import { outputOf } from '../derive/index.ts';
import type { Platform } from '../platform.ts';
import { addressFor, type Capability, type Signing } from './address.ts';
import { noSuchContent } from './problems.ts';

/** The playlist of a recording (RFC 8216), with the address of the file that its segments are ranges of. @throws noSuchContent */
export async function playlistOf(
  { objects, clock }: Platform,
  signing: Signing,
  { sha256, name }: Capability,
): Promise<string> {
  const output = await outputOf(sha256, 'hls');
  if (!output) throw noSuchContent({});
  const list = await text(await objects.get(output.key));
  const address = (what: string) => addressFor(signing, { sha256, what, name }, clock());
  return list.replaceAll(/\b(playable|streamed)\.mp4/g, (_, what: string) => address(what));
}
