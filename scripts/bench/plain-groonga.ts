import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import type { Findable } from '../../server/search/document.ts';

const port = 10_041;
const address = `http://127.0.0.1:${port}`;
const counted = ['kind', 'major', 'organisation', 'materialType', 'licence'];

/** What Groonga gives as its manual sets it up: bigrams, titles worth more, a filter by audience and five facets. */
export class PlainGroonga {
  readonly #server: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(server: ChildProcess) {
    this.#server = server;
  }

  /** Starts it on a new database; undefined when it is not installed. */
  static async open(file: string): Promise<PlainGroonga | undefined> {
    if (spawnSync('groonga', ['--version']).error) return undefined;
    const server = spawn('groonga', ['-s', '--protocol', 'http', '-p', String(port), '-n', file], {
      stdio: 'ignore',
    });
    const opened = new PlainGroonga(server);
    await opened.#answering();
    const create = (table: string, flags: string, more = {}) =>
      opened.#call('table_create', { name: table, flags, key_type: 'ShortText', ...more });
    const column = (table: string, name: string, flags: string, type: string, more = {}) =>
      opened.#call('column_create', { table, name, flags, type, ...more });
    await create('Values', 'TABLE_PAT_KEY');
    await create('Resources', 'TABLE_HASH_KEY');
    for (const name of ['title', 'body']) await column('Resources', name, 'COLUMN_SCALAR', 'LongText');
    for (const name of ['audience', ...counted]) await column('Resources', name, 'COLUMN_VECTOR', 'Values');
    await create('Terms', 'TABLE_PAT_KEY', {
      default_tokenizer: 'TokenBigram',
      normalizer: 'NormalizerAuto',
    });
    const source = { source: 'title,body' };
    await column('Terms', 'texts', 'COLUMN_INDEX|WITH_POSITION|WITH_SECTION', 'Resources', source);
    await column('Values', 'audiences', 'COLUMN_INDEX', 'Resources', { source: 'audience' });
    return opened;
  }

  async add(found: readonly Findable[]): Promise<void> {
    const rows = found.map(({ id, title, summary, passages, audience, facets }) => ({
      _key: id,
      title,
      body: [summary, ...passages.map(({ text }) => text)].join('\n'),
      audience,
      ...Object.fromEntries(counted.map((name) => [name, facets[name as keyof typeof facets] ?? []])),
    }));
    await this.#call('load', { table: 'Resources' }, JSON.stringify(rows));
  }

  /** @returns how many there are */
  async search(text: string, audience: readonly string[]): Promise<number> {
    const [, [[[total] = [0]]]] = await this.#call('select', {
      table: 'Resources',
      match_columns: 'title * 10 || body',
      query: text
        .split(' ')
        .map((word) => `"${word.replaceAll('"', '')}"`)
        .join(' '),
      filter: audience.map((key) => `audience @ "${key}"`).join(' || '),
      output_columns: '_key,title',
      sort_keys: '-_score',
      limit: '20',
      drilldown: counted.join(),
      drilldown_sort_keys: '-_nsubrecs',
      drilldown_limit: '60',
    });
    return total;
  }

  close(): void {
    this.#agent.destroy();
    this.#server.kill();
  }

  async #answering(): Promise<void> {
    for (let tries = 100; ; tries--) {
      try {
        await this.#call('status', {});
        return;
      } catch (error) {
        if (tries === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  #call(command: string, values: Record<string, string>, body?: string): Promise<[unknown[], [[[number]]]]> {
    const query = new URLSearchParams(values);
    return new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      request(`${address}/d/${command}?${query}`, { method, agent: this.#agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`Groonga answers ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      })
        .once('error', reject)
        .end(body);
    });
  }
}
