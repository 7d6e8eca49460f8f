import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import type { MultiSearchQuery, RecordAny, SearchResponse } from 'meilisearch';
import { SearchUnavailable } from '../search-index.ts';

/** Milliseconds that people wait for an answer. */
const answerWithin = 5_000;
/** The engine closes a connection that rests for five seconds; one that it has closed cannot be used. */
const restsFor = 4_000;

export type Answer<Row extends RecordAny = RecordAny> = SearchResponse<Row>;

/**
 * Asks for people. Each request leaves as a whole, over connections that stay open: `fetch` sends head and body
 * apart, and then the body often waits 40 ms for the other side to acknowledge the head.
 */
export class Searcher {
  readonly #address: URL;
  readonly #key: string;
  readonly #isSecure: boolean;
  readonly #agent: Agent;

  constructor(url: string, key: string | undefined) {
    this.#address = new URL('multi-search', url.endsWith('/') ? url : `${url}/`);
    this.#key = key ?? '';
    this.#isSecure = this.#address.protocol === 'https:';
    const options = { keepAlive: true, noDelay: true, timeout: restsFor };
    this.#agent = this.#isSecure ? new SecureAgent(options) : new Agent(options);
  }

  /** Many questions in one request; the answers in their order. @throws SearchUnavailable */
  async ask<Row extends RecordAny>(queries: readonly MultiSearchQuery[]): Promise<Answer<Row>[]> {
    if (queries.length === 0) return [];
    const body = JSON.stringify({ queries });
    const { status, text } = await this.#send(body).catch((cause) => {
      throw new SearchUnavailable(`Meilisearch: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    });
    if (status !== 200) throw new SearchUnavailable(`Meilisearch answers ${status}: ${text.slice(0, 500)}`);
    const { results }: { results: Answer<Row>[] } = JSON.parse(text);
    return results;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Sends once more when the engine had just closed the connection that rested. */
  async #send(body: string): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(answerWithin);
    for (;;) {
      const sent = this.#post(body, signal);
      try {
        return await sent.answer;
      } catch (error) {
        if (!sent.request.reusedSocket || signal.aborted) throw error;
      }
    }
  }

  #post(body: string, signal: AbortSignal) {
    const request = (this.#isSecure ? httpsRequest : httpRequest)(this.#address, {
      method: 'POST',
      agent: this.#agent,
      signal,
      headers: {
        authorization: `Bearer ${this.#key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      });
    });
    request.end(body);
    return { request, answer };
  }
}
