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
  /** The requests behind each of our answers, in their order. */
  readonly #answers: Sent[][] = [];
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    const answers = this.#answers;
    const { end } = ClientRequest.prototype;
    ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
      const [body] = args;
      const isToEngine = `${this.protocol}//${this.getHeader('host')}` === origin;
      if (isToEngine && typeof body === 'string')
        answers
          .at(-1)
          ?.push({ path: this.path, body, authorization: String(this.getHeader('authorization')) });
      return Reflect.apply(end, this, args);
    };
  }

  /** Runs one question of ours, and takes down what it asks the engine for. */
  async during<T>(question: () => Promise<T>): Promise<T> {
    this.#answers.push([]);
    return question();
  }

  /** Asks the engine itself for the same: milliseconds for all requests of an answer, and how many they were. */
  async again(): Promise<{ times: number[]; requests: number; bytes: number }> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const times: number[] = [];
    let [requests, bytes] = [0, 0];
    for (const sent of this.#answers.splice(0)) {
      const started = performance.now();
      for (const each of sent) bytes += await sizeOf(this.#origin, each, agent);
      times.push(performance.now() - started);
      requests += sent.length;
    }
    agent.destroy();
    return { times, requests: requests / times.length, bytes: bytes / times.length };
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
