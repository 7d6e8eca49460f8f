/**
 * `npm run bench previews`: how soon after its upload a file can be looked at, and how fast what was made is handed
 * out, on one process with the embedded engines. Wanted on two quiet cores: pictures and the first page of a PDF within
 * 2 s, a deck of 30 slides within 15 s (with LibreOffice), 55 thumbnails a second, a file inside of a stored zip as
 * fast as the same file plain.
 *
 * A thumbnail is one size of one picture. The pictures are drawn to give encoders as much to do as photographs of
 * 1600×1200 do; the row of pure noise is their worst case. Beside the rate by the clock stands what two cores would
 * reach by the processor time that was used: on a machine that others use, too, only that one says something.
 * Options: `--pictures N`, `--megabytes N` of the file in the zip, `--only soon,burst,zip`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Recipe } from '../../server/derive/contract.ts';
import { asStarted, serve } from './http/server.ts';
import { bigZip, type Served } from './previews/big-zip.ts';
import { burst } from './previews/burst.ts';
import { deck, noise, pdf } from './previews/documents.ts';
import { photographer } from './previews/photograph.ts';
import { account, authorOf, NotMade, untilMade, upload } from './previews/school.ts';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '60' },
    megabytes: { type: 'string', default: '2048' },
    only: { type: 'string', default: 'soon,burst,zip' },
  },
});
const pictures = Number(values.pictures);
const megabytes = Number(values.megabytes);
const isAsked = (part: string) => values.only.split(',').includes(part);

const folder = await mkdtemp(join(tmpdir(), 'bench-previews-'));
const env = {
  PATH: process.env.PATH ?? '',
  PORT: '0',
  CONTENT_PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: join(folder, 'data'),
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  ADMIN_EMAIL: account.email,
  ADMIN_PASSWORD: account.password,
};
const server = await serve('../../../server/main.js', env, [], asStarted);
const rows: { what: string; measured: string; wanted: string }[] = [];
try {
  const author = await authorOf(server.address, '测量学校');
  const another = await authorOf(server.address, '另一所学校');
  const photograph = await photographer(1600, 1200);
  if (isAsked('soon')) {
    await soon('photograph', 'thumbnails', 5, photograph, '图.jpg', '≤ 2 s');
    await soon('PDF of 50 pages', 'thumbnails', 5, (n) => pdf(50 + n), '讲义.pdf', '≤ 2 s');
    await soon('deck of 30 slides', 'pdf', 2, (n) => deck(30 + n), '课件.pptx', '≤ 15 s');
  }
  if (isAsked('burst')) {
    await warmUp(60);
    await many('photographs', pictures, (n) => photograph(100 + n));
    await many('pictures of noise', Math.ceil(pictures / 3), () => noise(1600, 1200));
  }
  if (isAsked('zip')) {
    const { plain, stored, deflated } = await bigZip(server, author, megabytes, folder);
    const shown = ({ rate, processor, toEnd }: Served) =>
      `${rate.toFixed(0)} MiB/s, ${processor.toFixed(2)} s of processor a GiB, its end in ${toEnd.toFixed(0)} ms`;
    row(`file of ${megabytes} MiB, plain`, shown(plain), '');
    const share = `${((stored.rate / plain.rate) * 100).toFixed(0)} % of plain`;
    row('the same, stored in a zip', `${share}: ${shown(stored)}`, 'as plain');
    row('text of a quarter of that, deflated in the zip', shown(deflated), '');
  }

  /** Makes other files each time: equal bytes are worked on once. */
  async function soon(
    what: string,
    recipe: Recipe,
    times: number,
    make: (n: number) => Promise<Buffer>,
    name: string,
    wanted: string,
  ): Promise<void> {
    const took: number[] = [];
    try {
      for (let n = 0; n < times; n++) {
        const bytes = await make(n);
        const began = performance.now();
        await untilMade(author, await upload(author, { [name]: bytes }), recipe, 50);
        took.push((performance.now() - began) / 1000);
      }
    } catch (error) {
      if (!(error instanceof NotMade && error.reason === 'office-missing')) throw error;
      return row(what, 'left out: LibreOffice is not installed', wanted);
    }
    row(what, `${Math.max(...took).toFixed(1)} s at most`, wanted);
  }

  /** A server that has just been started spends a good part of its time on compiling itself. */
  async function warmUp(count: number) {
    const files: Record<string, Buffer> = {};
    for (let n = 1; n <= count; n++) files[`图${n}.jpg`] = await photograph(1000 + n);
    await untilMade(author, await upload(author, files), 'avif', 1000);
  }

  async function many(what: string, count: number, make: (n: number) => Promise<Buffer>) {
    const made: Buffer[] = [];
    for (let n = 0; n <= count; n++) made.push(await make(n));
    const [single = Buffer.alloc(0), ...others] = made;
    const found = await burst(server, [author, another], others, single);
    const rate = (byClock: number, byProcessor?: number) =>
      `${byClock.toFixed(1)}/s${byProcessor ? `; by processor time ${byProcessor.toFixed(1)}/s` : ''}`;
    row(`${count} ${what} at once, thumbnails seen`, rate(found.seen, found.seenByProcessor), '≥ 55/s');
    row('… as AVIF, too', rate(found.complete, found.completeByProcessor), '');
    const { server: ours, converters, patient } = found.perPicture;
    const shares = `server ${ours.toFixed(0)} ms, WebP and text ${converters.toFixed(0)} ms, AVIF ${patient.toFixed(0)} ms`;
    row('… processor time of a picture', shares, '');
    const other = `${found.other.toFixed(1)} s; all of them ${found.took.toFixed(1)} s`;
    row('… one of another school behind them', other, 'does not wait for all');
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);

function row(what: string, measured: string, wanted: string): void {
  rows.push({ what, measured, wanted });
}
