import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether films can be made here, and recordings converted. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** A film as ffmpeg makes it, in the container that its name says; the arguments may name the files that are given. */
export async function filmOf(
  name: string,
  args: readonly string[],
  given: Readonly<Record<string, Buffer>> = {},
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-film-'));
  try {
    for (const [path, bytes] of Object.entries(given)) await writeFile(join(folder, path), bytes);
    const made = spawnSync('ffmpeg', ['-v', 'error', ...args, name], { cwd: folder });
    if (made.status !== 0 || made.stderr.length > 0) throw new Error(made.stderr.toString());
    return await readFile(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The arguments for a test picture in motion. */
export const motion = (size: string, rate: number, seconds: number): string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
];
