import type { Caller } from '../../instance/caller.ts';
import type { Server } from '../http/server.ts';
import { type ProcessorTime, processorTime } from './processor-time.ts';
import { untilMade, upload } from './school.ts';

const sizes = 3;
const cores = 2;

export interface Burst {
  /** Sizes of pictures a second, from the beginning of the upload until all can be seen. */
  seen: number;
  /** The same, until all are there as AVIF, too. */
  complete: number;
  /** As many as two cores would make, by the processor time that was used; undefined where the system does not tell. */
  seenByProcessor: number | undefined;
  completeByProcessor: number | undefined;
  /** Processor time by picture, in milliseconds, until all are complete. */
  perPicture: ProcessorTime;
  /** Seconds that a single picture of another school took, which came in the middle, and that the burst took. */
  other: number;
  took: number;
}

/** Uploads many pictures at once, and one by another school right behind them. */
export async function burst(
  server: Server,
  [author, another]: readonly [Caller, Caller],
  pictures: readonly Buffer[],
  single: Buffer,
): Promise<Burst> {
  const files = Object.fromEntries(pictures.map((bytes, n) => [`图${n}.jpg`, bytes]));
  const start = await processorTime(server.pid);
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const used = async () => {
    const now = await processorTime(server.pid);
    const of = (key: keyof ProcessorTime) => now[key] - start[key];
    return { server: of('server'), converters: of('converters'), patient: of('patient') };
  };
  // Asked after three times a second: the answer tells of all files, and is work, too, but a burst takes a few seconds.
  const id = await upload(author, files);
  const cameAt = since();
  const seenAt = untilMade(author, id, 'thumbnails', 333).then(since);
  await untilMade(another, await upload(another, { '图.jpg': single }), 'thumbnails');
  const other = since() - cameAt;
  const took = await seenAt;
  const whenSeen = await used();
  await untilMade(author, id, 'avif', 1000);
  const completeAt = since();
  const all = await used();
  const count = pictures.length * sizes;
  const byProcessor = (seconds: number) => (seconds > 0 ? (count * cores) / seconds : undefined);
  const each = (seconds: number) => (seconds * 1000) / pictures.length;
  return {
    seen: count / took,
    complete: count / completeAt,
    seenByProcessor: byProcessor(whenSeen.server + whenSeen.converters),
    completeByProcessor: byProcessor(all.server + all.converters + all.patient),
    perPicture: {
      server: each(all.server),
      converters: each(all.converters),
      patient: each(all.patient),
    },
    other,
    took,
  };
}
