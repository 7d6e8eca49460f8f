import { Agent, ClientRequest, request } from 'node:http';

interface Sent {
  path: string;
  body: string;
  authorization: string;
}

/**
 * What our adapter asks Meilisearch for: taken down on its way, to be asked once more without us. Then the time of the
 * engine itself can be told from what we add to it.
 */
export class OwnAnswers {
  /** The requests behind the answer that is on its way. */
  #sent: Sent[] = [];
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: 4_000 });

  constructor(origin: string) {
    this.#origin = origin;
    const keep = (sent: Sent) => this.#sent.push(sent);
    const { end } = ClientRequest.prototype;
    ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
      const [body] = args;
      const isToEngine = `${this.protocol}//${this.getHeader('host')}` === origin;
      if (isToEngine && typeof body === 'string')
        keep({ path: this.path, body, authorization: String(this.getHeader('authorization')) });
      return Reflect.apply(end, this, args);
    };
  }

  /** Runs one question of ours, and asks the engine for the same: milliseconds of both, and what it asked for. */
  async both(question: () => Promise<unknown>) {
    this.#sent = [];
    const begun = performance.now();
    await question();
    const ours = performance.now() - begun;
    const sent = this.#sent;
    this.#sent = [];
    const started = performance.now();
    let bytes = 0;
    for (const each of sent) bytes += await sizeOf(this.#origin, each, this.#agent);
    this.#sent = [];
    return { ours, own: performance.now() - started, requests: sent.length, bytes };
  }

  close(): void {
    this.#agent.destroy();
  }
}

function sizeOf(origin: string, { path, body, authorization }: Sent, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/json' };
    request(`${origin}${path}`, { method: 'POST', agent, headers }, (answer) => {
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      answer.once('end', () => resolve(size));
    })
      .once('error', reject)
      .end(body);
  });
}
