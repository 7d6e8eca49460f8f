import { randomBytes } from 'node:crypto';
import { Server } from '@tus/server';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { type Member, notFound, visitor } from '../access/index.ts';
import type { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { databaseLocker } from './lock.ts';
import { badProtocol, moreThanDeclared, otherOffset, otherProtocolVersion, uploadGone } from './problems.ts';
import { checksumAlgorithms } from './sitting.ts';
import { UploadStore } from './tus-store.ts';

const path = '/api/uploads';
/** How long a connection that is to make way may finish what it is doing, in milliseconds. */
const drainTime = 1_000;

/**
 * Answers one request of the tus protocol for a member. The library speaks the protocol; what goes wrong comes out as
 * declared problems, and the store is made for this one request, so that it knows who asks.
 * @throws what may go wrong with an upload
 */
export async function answerTus(
  platform: Platform,
  member: Member,
  req: ExpressRequest,
  res: ExpressResponse,
): Promise<void> {
  res.setHeader('Tus-Resumable', '1.0.0');
  const store = new UploadStore(platform, member, req.get('upload-checksum'));
  let fault: unknown;
  const server = new Server({
    path,
    relativeLocation: true,
    datastore: store,
    locker: databaseLocker(() => store.settled()),
    lockDrainTimeout: drainTime,
    namingFunction: () => randomBytes(16).toString('hex'),
    onResponseError: (_req, error) => {
      fault = error;
      return undefined;
    },
  });
  const answer = await server.handleWeb(webRequest(req));
  await store.settled();
  if (fault instanceof Error) throw fault;
  if (answer.status >= 400) throw problemOf(answer.status, await answer.text(), res);
  answer.headers.forEach((value, name) => {
    if (!name.startsWith('access-control-')) res.setHeader(name, value);
  });
  res.status(answer.status).send(Buffer.from(await answer.arrayBuffer()));
}

/** What the server can do: `OPTIONS`, for anybody. */
export async function answerOptions(
  platform: Platform,
  req: ExpressRequest,
  res: ExpressResponse,
): Promise<void> {
  res.setHeader('Tus-Checksum-Algorithm', checksumAlgorithms.join(','));
  res.setHeader('Tus-Max-Size', String(platform.config.MAX_FILE_SIZE)); // the store refuses more, by the file's name
  await answerTus(platform, visitor, req, res);
}

function webRequest(req: ExpressRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers))
    if (value !== undefined) headers.set(name, String(value));
  const hasBody = req.headers['content-type'] === 'application/offset+octet-stream';
  return new Request(`http://localhost${req.originalUrl}`, {
    method: req.method,
    headers,
    ...(hasBody && { body: bodyOf(req), duplex: 'half' }),
  });
}

/** The bytes of a request as they come; `Readable.toWeb` copies every one of them. */
function bodyOf(req: ExpressRequest): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = req[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => void req.destroy(reason),
    },
    { highWaterMark: 0 },
  );
}

/** The library's plain refusals as our problems. Of its English, the headers that are at fault are told. */
function problemOf(status: number, text: string, res: ExpressResponse): Problem {
  // The library calls another version a bad header; the protocol has a status of its own for it.
  if (status === 412 || /tus-resumable/i.test(text)) {
    res.setHeader('Tus-Version', '1.0.0');
    return otherProtocolVersion({});
  }
  switch (status) {
    case 404:
      return notFound({});
    case 409:
      return otherOffset({});
    case 410:
      return uploadGone({});
    case 413:
      return moreThanDeclared({});
    default: {
      const headers = text.match(/\b(upload|tus|content)-[a-z]+(-[a-z]+)*/gi) ?? [`HTTP ${status}`];
      return badProtocol({ reason: [...new Set(headers)].join(', ') });
    }
  }
}
