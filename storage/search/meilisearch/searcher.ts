import { isUtf8, transcode } from 'node:buffer';
import type { MultiSearchQuery, RecordAny, SearchResponse } from 'meilisearch';
import { type Dispatcher, Pool } from 'undici';
import { SearchUnavailable } from '../search-index.ts';

/** Milliseconds that people wait for an answer. */
const answerWithin = 5_000;
/** The engine closes a connection that rests for five seconds; one that it has closed cannot be used. */
const restsFor = 4_000;
/** What tells that it was closed while a request was on its way. */
const closed = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

export type Answer<Row extends RecordAny = RecordAny> = SearchResponse<Row>;

/**
 * Asks for people. Each request leaves as a whole, over connections that stay open: `fetch` sends head and body
 * apart, and then the body often waits 40 ms for the other side to acknowledge the head.
 */
export class Searcher {
  readonly #pool: Pool;
  readonly #request: Omit<Dispatcher.RequestOptions, 'body'>;

  constructor(url: string, key: string | undefined) {
    const address = new URL('multi-search', url.endsWith('/') ? url : `${url}/`);
    this.#pool = new Pool(address.origin, {
      keepAliveTimeout: restsFor,
      // One clock runs for all of it, in `ask`.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#request = {
      path: address.pathname,
      method: 'POST',
      headers: { authorization: `Bearer ${key ?? ''}`, 'content-type': 'application/json' },
    };
  }

  /** Many questions in one request; the answers in their order. @throws SearchUnavailable */
  async ask<Row extends RecordAny>(queries: readonly MultiSearchQuery[]): Promise<Answer<Row>[]> {
    if (queries.length === 0) return [];
    const body = Buffer.from(JSON.stringify({ queries }));
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new Error(`no answer within ${answerWithin} ms`)),
      answerWithin,
    );
    const { status, text } = await this.#post(body, late.signal)
      .catch((error: unknown) => this.#postAgain(body, late.signal, error))
      .catch((cause) => {
        throw new SearchUnavailable(`Meilisearch: ${cause instanceof Error ? cause.message : cause}`, {
          cause,
        });
      })
      .finally(() => clearTimeout(timer));
    if (status !== 200) throw new SearchUnavailable(`Meilisearch answers ${status}: ${text.slice(0, 500)}`);
    try {
      const { results }: { results: Answer<Row>[] } = JSON.parse(text);
      return results;
    } catch (cause) {
      throw new SearchUnavailable('Meilisearch answers what is not JSON', { cause });
    }
  }

  close(): void {
    void this.#pool.destroy();
  }

  async #post(body: Buffer, signal: AbortSignal): Promise<Sent> {
    const { statusCode, body: answer } = await this.#pool.request({ ...this.#request, body, signal });
    return { status: statusCode, text: textOf(Buffer.from(await answer.arrayBuffer())) };
  }

  /** Once more, when the engine had just closed the connection that rested. */
  async #postAgain(body: Buffer, signal: AbortSignal, error: unknown): Promise<Sent> {
    if (closed.has((error as { code?: string }).code ?? '')) return this.#post(body, signal);
    throw error;
  }
}

interface Sent {
  status: number;
  text: string;
}

/** UTF-8 as text: by way of UTF-16, which takes nothing but UTF-8, in a fifth of the time where most signs are Chinese. */
function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? transcode(bytes, 'utf8', 'utf16le').toString('utf16le') : bytes.toString();
}
