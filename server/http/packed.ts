import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { inMemory, type Representation, sendBytes } from './send-bytes.ts';

/** How our own texts travel, the smaller first: browsers take Brotli on https alone. */
const encodings = ['br', 'gzip'] as const;

/** The same bytes as they are and, where that saves something, compressed. */
export interface Packed {
  readonly plain: Representation;
  readonly br?: Representation | undefined;
  readonly gzip?: Representation | undefined;
}

/**
 * Answers as `sendBytes` does, compressed when the caller reads that; each form has an ETag of its own, and ranges are
 * of the form that is sent (RFC 9110, sections 8.4 and 14).
 * @throws what `sendBytes` throws
 */
export async function sendPacked(
  req: Request,
  res: Response,
  packed: Packed,
  also: Record<string, string> = {},
): Promise<void> {
  res.vary('Accept-Encoding');
  const encoding = encodings.find((one) => packed[one] && req.acceptsEncodings(one));
  const form = encoding && packed[encoding];
  if (form) await sendBytes(req, res, form, { ...also, 'Content-Encoding': encoding });
  else await sendBytes(req, res, packed.plain, also);
}

/** What a server makes itself is compressed between two answers: Brotli's better grades take many times as long. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const packers = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** A text of ours, to be sent to one or to many. */
export async function packText(text: string, mediaType: string): Promise<Packed> {
  const bytes = Buffer.from(text);
  const tag = createHash('sha256').update(bytes).digest('base64url');
  const [br, gzip] = await Promise.all([packers.br(bytes, quality), packers.gzip(bytes)]);
  return {
    plain: inMemory(bytes, tag, mediaType),
    br: inMemory(br, `${tag}.br`, mediaType),
    gzip: inMemory(gzip, `${tag}.gzip`, mediaType),
  };
}
