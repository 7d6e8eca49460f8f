import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { listEntries, listPreviews } from '../../../server/content/contract.ts';
import type { Server } from '../http/server.ts';
import { mebibyte, send } from '../objects/transfer.ts';
import { type Author, uploadFrom } from './school.ts';

const block = 64 * mebibyte;
const times = 3;

export interface Served {
  /** MiB a second, the median, and seconds of processor time that the server used for a GiB */
  rate: number;
  processor: number;
  /** milliseconds until the last mebibyte is there, asked for alone: somebody skips to the end of a film */
  toEnd: number;
}

/**
 * A file of so many MiB, served plain, stored in a zip, and, a quarter of it, deflated in a zip: bytes that do not
 * pack, as films and game data do not. The three are asked for in turn, so that they find the same machine.
 */
export async function bigZip(server: Server, author: Author, size: number, folder: string) {
  const plain = join(folder, 'plain.bin');
  await fill(plain, size * mebibyte);
  const text = join(folder, 'text.txt');
  await fill(text, (size / 4) * mebibyte, 'base64');
  const packed = join(folder, 'packed.zip');
  const zip = new ZipFile();
  zip.addFile(plain, '视频.bin', { compress: false });
  zip.addFile(text, '数据.txt', { compressionLevel: 1 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(packed));
  const alone = await uploadFrom(author, '原样.bin', plain);
  const { items } = await author.call(listPreviews, { params: { id: alone }, query: { version: 'draft' } });
  const id = await uploadFrom(author, '包.zip', packed);
  const inside = await author.call(listEntries, { params: { id, version: 'draft', path: '包.zip' } });
  const addresses = {
    plain: items[0]?.url ?? '',
    stored: `${inside.url}${encodeURIComponent('视频.bin')}`,
    deflated: `${inside.url}${encodeURIComponent('数据.txt')}`,
  };
  const runs: Record<keyof typeof addresses, Served[]> = { plain: [], stored: [], deflated: [] };
  for (let n = 0; n < times; n++)
    for (const [how, url] of Object.entries(addresses))
      runs[how as keyof typeof addresses].push(await measured(server, url));
  return { plain: median(runs.plain), stored: median(runs.stored), deflated: median(runs.deflated) };
}

/** Writes a file of bytes that repeat only at a distance that no packer sees. */
async function fill(path: string, size: number, as?: 'base64'): Promise<void> {
  const random = as ? Buffer.from(randomBytes(block * 0.75).toString(as)) : randomBytes(block);
  const file = await open(path, 'w');
  for (let at = 0; at < size; at += random.length)
    await file.write(random, 0, Math.min(random.length, size - at));
  await file.close();
}

async function measured(server: Server, url: string): Promise<Served> {
  const before = await server.used();
  const whole = await receive(url);
  const used = (await server.used()).seconds - before.seconds;
  const end = await receive(url, { Range: `bytes=-${mebibyte}` });
  return {
    rate: whole.bytes / mebibyte / whole.seconds,
    processor: used / (whole.bytes / 1024 ** 3),
    toEnd: end.seconds * 1000,
  };
}

async function receive(url: string, headers: Record<string, string> = {}) {
  const began = performance.now();
  const { status, received: bytes } = await send(url, 'GET', headers);
  if (status !== 200 && status !== 206) throw new Error(`${url} answers ${status}`);
  return { bytes, seconds: (performance.now() - began) / 1000 };
}

function median(runs: readonly Served[]): Served {
  const of = (key: keyof Served) =>
    runs.map((run) => run[key]).toSorted((one, other) => one - other)[Math.floor(runs.length / 2)] ?? 0;
  return { rate: of('rate'), processor: of('processor'), toEnd: of('toEnd') };
}
