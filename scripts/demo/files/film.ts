import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Topic } from '../content.ts';
import { cover, stepPicture, tablePicture } from './picture.ts';

const run = promisify(execFile);

/** A micro-lesson as MP4 (H.264, 1280 × 720), two seconds a picture; undefined when ffmpeg is not installed. */
export async function film(topic: Topic): Promise<Buffer | undefined> {
  if (!(await isInstalled())) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-film-'));
  try {
    const pictures = [
      await cover(topic, '微课'),
      await tablePicture(topic, topic.card),
      ...(await Promise.all(topic.steps.map((_, step) => stepPicture(topic, step)))),
    ];
    for (const [i, picture] of pictures.entries())
      await writeFile(join(folder, `${String(i).padStart(3, '0')}.png`), picture);
    const out = join(folder, 'film.mp4');
    const quality = [
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-pix_fmt',
      'yuv420p',
      '-r',
      '10',
      '-movflags',
      '+faststart',
    ];
    await run('ffmpeg', [
      '-loglevel',
      'error',
      '-framerate',
      '1/2',
      '-i',
      join(folder, '%03d.png'),
      ...quality,
      out,
    ]);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let installed: Promise<boolean> | undefined;

function isInstalled(): Promise<boolean> {
  installed ??= run('ffmpeg', ['-version']).then(
    () => true,
    () => false,
  );
  return installed;
}
