import { join } from 'node:path';
import type { Made, Task } from './conversion.ts';
import { ffmpegWithProgress, isPlayable, probe } from './ffmpeg.ts';

/**
 * A copy of a recording that every browser plays: H.264 and AAC at most 1280 pixels wide, its index first so that it
 * plays while it loads. Nothing is made of one that plays as it is.
 */
export async function convertToPlayable(
  { mediaType, source, folder }: Task,
  tell: (share: number) => void,
): Promise<Made> {
  const probed = await probe(source);
  if (isPlayable(probed, mediaType)) return { facts: {} };
  const file = join(folder, 'playable.mp4');
  const picture = [
    ...['-map', '0:v:0', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-pix_fmt', 'yuv420p'],
    ...['-vf', "scale='trunc(min(1280,iw)/2)*2':-2"],
  ];
  const sound = ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-ac', '2'];
  const streams = [...(probed.video ? picture : []), ...(probed.audio ? sound : [])];
  const after = [...streams, '-sn', '-dn', '-movflags', '+faststart', '-y', file];
  await ffmpegWithProgress(source, after, { seconds: probed.seconds, tell });
  const type = probed.video ? 'video/mp4' : 'audio/mp4';
  return { facts: {}, files: [{ name: 'playable', file, mediaType: type }] };
}
