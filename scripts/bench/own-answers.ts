import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { DiagnosticsChannel } from 'undici';

/** What a question of ours asked the engine for. */
export interface OwnAnswer {
  /** Milliseconds. */
  waited: number;
  requests: number;
  bytes: number;
}

/**
 * How long our adapter waits for Meilisearch, each time from the request to the last byte of the answer, once where it
 * waits for several. What a search takes beyond that is what we add. For questions that come one after the other.
 */
export class OwnAnswers {
  /** Of each question since the start, in their order. */
  readonly all: OwnAnswer[] = [];
  readonly #own = new Set<DiagnosticsChannel.Request>();
  #since = 0;

  constructor(origin: string, server: Server) {
    server.prependListener('request', () => this.all.push({ waited: 0, requests: 0, bytes: 0 }));
    subscribe('undici:request:create', (message) => {
      const { request } = message as DiagnosticsChannel.RequestCreateMessage;
      const own = this.all.at(-1);
      if (request.origin !== origin || own === undefined) return;
      if (this.#own.size === 0) this.#since = performance.now();
      this.#own.add(request);
      own.requests++;
    });
    subscribe('undici:request:bodyChunkReceived', (message) => {
      const { request, chunk } = message as DiagnosticsChannel.RequestBodyChunkReceivedMessage;
      const own = this.all.at(-1);
      if (own && this.#own.has(request)) own.bytes += chunk.length;
    });
    // Before the adapter reads what has come.
    subscribe('undici:request:trailers', (message) => {
      const { request } = message as DiagnosticsChannel.RequestTrailersMessage;
      const own = this.all.at(-1);
      if (own && this.#own.delete(request) && this.#own.size === 0)
        own.waited += performance.now() - this.#since;
    });
  }
}
