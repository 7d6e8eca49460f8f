import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from './problem.ts';
import { badAddress, bodyTooLarge, headersTooLarge, malformedRequest, requestTooSlow } from './problems.ts';

/** What Node.js could not read as a request, by the code of its error; everything else is malformed. */
const problems: Readonly<Record<string, () => Problem>> = {
  HPE_INVALID_URL: () => badAddress({}),
  HPE_HEADER_OVERFLOW: () => headersTooLarge({}),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => bodyTooLarge({}),
  ERR_HTTP_REQUEST_TIMEOUT: () => requestTooSlow({}),
};

/**
 * Answers with a problem where Node.js would answer with a bare status, because bytes came that are no HTTP/1.1 request:
 * there is none that could pass through the application. Then the connection ends (RFC 9112, section 2.2).
 */
export function refuseMalformed(server: Server): void {
  const answers = new WeakMap<Socket, ServerResponse>();
  const remember: RequestListener = ({ socket }, res) => void answers.set(socket, res);
  server.on('request', remember);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (socket.writable && mayAnswer(answers.get(socket))) {
      const problem = problems[error.code ?? '']?.() ?? malformedRequest({});
      socket.write(asMessage(problem));
    }
    socket.destroySoon();
  });
}

/** Not into an answer that has begun, nor before one that is still to come. */
function mayAnswer(last: ServerResponse | undefined): boolean {
  return last === undefined || last.writableFinished || (last.socket !== null && !last.headersSent);
}

/** The whole answer. Whoever sent this told no language that could be read. */
function asMessage(problem: Problem): string {
  const body = JSON.stringify(problem.toBody('zh-CN'));
  return [
    `HTTP/1.1 ${problem.status} `,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
