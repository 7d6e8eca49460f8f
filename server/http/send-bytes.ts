import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, byteRangesOf } from './byte-ranges.ts';
import { rangeOutside } from './problems.ts';

/** Bytes that can be handed out whole or in ranges. */
export interface Representation {
  /** in bytes */
  size: number;
  /** strong, without quotes: two representations with the same tag are the same bytes */
  tag: string;
  mediaType: string;
  /** A range costs as much as everything before it: several at a time are answered with everything. */
  isMadeInOrder?: boolean;
  /** Streams everything, or a range of it. */
  open(range?: ByteRange): Promise<Readable>;
}

/** Bytes that are held in memory, as such. @param tag see above */
export const inMemory = (bytes: Buffer, tag: string, mediaType: string): Representation => ({
  size: bytes.length,
  tag,
  mediaType,
  open: async (range) => Readable.from([range ? bytes.subarray(range.first, range.last + 1) : bytes]),
});

/**
 * Answers GET and HEAD with bytes: 200, 206 for one range or several (multipart/byteranges), 304 and 416, by ETag,
 * If-None-Match, Range and If-Range (RFC 9110, sections 13 to 15). `also` has more headers, such as Content-Disposition,
 * which a refusal does not carry. Resolves with what was sent, once it is sent or the peer has gone.
 * @throws rangeOutside, what `open` throws, and what reading the first bytes throws
 */
export async function sendBytes(
  req: IncomingMessage,
  res: ServerResponse,
  bytes: Representation,
  also: Record<string, string> = {},
): Promise<'all' | 'ranges' | 'nothing'> {
  const etag = `"${bytes.tag}"`;
  const headers = { ...also, ETag: etag, 'Accept-Ranges': 'bytes' };
  if (isKnown(req.headers['if-none-match'], etag)) {
    res.writeHead(304, headers).end();
    return 'nothing';
  }
  const ifRange = req.headers['if-range'];
  const mayBePart = req.method === 'GET' && (ifRange === undefined || ifRange === etag);
  const ranges = mayBePart ? byteRangesOf(req.headers.range, bytes.size) : undefined;
  if (ranges === undefined || (bytes.isMadeInOrder && ranges.length > 1)) {
    const whole = { ...headers, 'Content-Type': bytes.mediaType, 'Content-Length': bytes.size };
    if (req.method === 'HEAD') {
      res.writeHead(200, whole).end();
      return 'nothing';
    }
    const stream = await begun(await bytes.open(), res);
    res.writeHead(200, whole);
    await pass(stream, res);
    return 'all';
  }
  const [first, ...others] = ranges;
  if (!first) {
    res.setHeader('Content-Range', `bytes */${bytes.size}`);
    throw rangeOutside({ size: bytes.size });
  }
  if (others.length > 0) await sendParts(res, bytes, ranges, headers);
  else {
    const stream = await begun(await bytes.open(first), res);
    res.writeHead(206, {
      ...headers,
      'Content-Type': bytes.mediaType,
      'Content-Length': first.last - first.first + 1,
      'Content-Range': contentRange(first, bytes.size),
    });
    await pass(stream, res);
  }
  return 'ranges';
}

const contentRange = ({ first, last }: ByteRange, size: number) => `bytes ${first}-${last}/${size}`;

/** If-None-Match compares weakly: a proxy may have weakened our tag. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** multipart/byteranges (RFC 9110, section 14.6), its length known beforehand. */
async function sendParts(
  res: ServerResponse,
  bytes: Representation,
  ranges: ByteRange[],
  headers: Record<string, string>,
): Promise<void> {
  const boundary = randomUUID();
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const parts = ranges.map((range) => ({
    range,
    head: Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${bytes.mediaType}\r\nContent-Range: ${contentRange(range, bytes.size)}\r\n\r\n`,
    ),
  }));
  const length = parts.reduce(
    (sum, { range, head }) => sum + head.length + range.last - range.first + 1,
    end.length,
  );
  async function* all() {
    for (const { range, head } of parts) {
      yield head;
      yield* await bytes.open(range);
    }
    yield end;
  }
  res.writeHead(206, {
    ...headers,
    'Content-Type': `multipart/byteranges; boundary=${boundary}`,
    'Content-Length': length,
  });
  await pass(all(), res);
}

/** Waits for the first bytes: where none can be read, the answer is a problem and not a file that breaks off. */
async function begun(source: Readable, res: ServerResponse): Promise<Readable> {
  const leave = () => source.destroy(new Error('The peer has gone'));
  res.once('close', leave);
  try {
    await once(source, 'readable');
  } finally {
    res.off('close', leave);
  }
  return source;
}

/** A peer that goes away is no fault of ours; a source that breaks cuts the connection, so that nobody takes it for all. */
async function pass(source: Readable | AsyncIterable<Uint8Array>, res: ServerResponse): Promise<void> {
  await pipeline(source, res).catch((error: unknown) => {
    const isPeerGone =
      error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isPeerGone) throw error;
  });
}
