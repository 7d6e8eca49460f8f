import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { thumbnailsOf } from './picture.ts';

const run = promisify(execFile);
/** Only what we ask for: no other address, no file that a playlist names. */
const allowed = ['-protocol_whitelist', 'file,http,tcp'];

async function program(name: 'ffmpeg' | 'ffprobe', args: string[]): Promise<string> {
  try {
    const { stdout } = await run(name, args, { maxBuffer: 4 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new NotConvertible(isMissing ? 'program-missing' : 'damaged');
  }
}

const Probe = z.object({
  format: z.object({ duration: z.coerce.number().optional() }).default({}),
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        width: z.number().int().optional(),
        height: z.number().int().optional(),
      }),
    )
    .default([]),
});

/** Duration and picture size, or thumbnails of a picture from the first tenth, when ffmpeg is installed. */
export async function convertMedia({ recipe, source, folder }: Task): Promise<Made> {
  const shown = [
    '-v',
    'error',
    '-show_entries',
    'format=duration:stream=codec_type,width,height',
    '-of',
    'json',
  ];
  const probed = Probe.parse(JSON.parse(await program('ffprobe', [...allowed, ...shown, source])));
  const seconds = probed.format.duration;
  const video = probed.streams.find(({ codec_type }) => codec_type === 'video');
  const media = {
    ...(seconds !== undefined && { seconds }),
    ...(video?.width && video.height && { width: video.width, height: video.height }),
  };
  if (recipe === 'media') return { facts: { media } };
  if (!video) throw new NotConvertible('nothing-to-show');
  const poster = join(folder, 'poster.png');
  const at = String(Math.min((seconds ?? 0) / 10, 60));
  const scaled = "scale='min(1280,iw)':-2";
  const frame = ['-frames:v', '1', '-vf', `thumbnail=24,${scaled}`, '-an', '-sn', '-y', poster];
  await program('ffmpeg', ['-v', 'error', '-threads', '1', ...allowed, '-ss', at, '-i', source, ...frame]);
  const { pictures } = await thumbnailsOf(poster, folder);
  return { facts: { media }, pictures };
}
