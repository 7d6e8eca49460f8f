import type { EndpointDefinition } from './contract.ts';

/** A page as it is sent: it passed the contract of its endpoint when it was written, and can be sent again. */
export class ReadyPage {
  readonly status: number;
  readonly #definition: EndpointDefinition;
  readonly #body: Buffer;

  constructor(definition: EndpointDefinition, status: number, json: string) {
    this.status = status;
    this.#definition = definition;
    this.#body = Buffer.from(json);
  }

  /** Size of its body, bytes. */
  get size(): number {
    return this.#body.length;
  }

  /** Its body, for an answer of the endpoint that it was written for. */
  bodyFor(definition: EndpointDefinition): Buffer {
    if (definition !== this.#definition) throw new Error('The page was written for another endpoint');
    return this.#body;
  }
}
