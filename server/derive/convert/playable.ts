import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { canCopy, ffmpegWithProgress, isPlayable, type Probed, probe } from './ffmpeg.ts';

type Tell = (share: number) => void;

/**
 * A copy of a recording that every browser plays, as far as that is cheap: where only the container is strange to
 * browsers, the picture is taken over as it is, and sound is soon encoded. Nothing is made of one that plays as it is,
 * nor of a film whose picture would have to be encoded, which takes a core for as long as half the film.
 */
export async function convertToPlayable({ mediaType, source, folder }: Task, tell: Tell): Promise<Made> {
  const probed = await probe(source);
  if (isPlayable(probed, mediaType)) return { facts: {} };
  if (canCopy(probed)) {
    try {
      return await remux(source, folder, { probed, name: 'playable', tell });
    } catch (error) {
      // Some old containers give no times to the pictures; then they are encoded, which gives them some.
      if (!(error instanceof NotConvertible) || error.reason !== 'damaged') throw error;
    }
  }
  return probed.video ? { facts: {} } : encode(source, folder, probed, tell);
}

/** A copy of a film with its picture encoded anew, once somebody has asked for it. */
export async function encodeFilm({ source, folder }: Task, tell: Tell): Promise<Made> {
  return encode(source, folder, await probe(source), tell);
}

/** A film that browsers play as it is, in segments: they play from any second on without its index. */
export async function cutIntoSegments({ source, folder }: Task, tell: Tell): Promise<Made> {
  return remux(source, folder, { probed: await probe(source), name: 'streamed', tell });
}

interface Wanted {
  probed: Probed;
  /** of the segments, in the playlist and as an output; the content server puts their address in its place */
  name: 'playable' | 'streamed';
  tell: Tell;
}

/**
 * HTTP Live Streaming (RFC 8216) with segments as byte ranges of one file (4.3.2.2), which is a fragmented MP4 that
 * plays by itself, too: one copy of the bytes for both. Players find any second by the list, without reading the file.
 */
async function remux(source: string, folder: string, { probed, name, tell }: Wanted): Promise<Made> {
  const { seconds, audio } = probed;
  const playlist = join(folder, `${name}.m3u8`);
  const file = join(folder, `${name}.m4s`);
  const sound = audio?.codec_name === 'aac' ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'];
  const streams = ['-map', '0:v:0', '-c:v', 'copy', ...(audio ? ['-map', '0:a:0', ...sound] : [])];
  const cut = ['-hls_time', '6', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'];
  const after = [...streams, '-sn', '-dn', '-f', 'hls', ...cut, '-hls_flags', 'single_file', '-y', playlist];
  await ffmpegWithProgress(source, after, { seconds, tell });
  const list = await readFile(playlist, 'utf8');
  if (!list.includes('#EXT-X-ENDLIST') || (await stat(file)).size === 0) throw new NotConvertible('damaged');
  await writeFile(playlist, list.replaceAll(`${name}.m4s`, `${name}.mp4`));
  return {
    facts: {},
    files: [
      { name, file, mediaType: 'video/mp4' },
      { name: 'hls', file: playlist, mediaType: 'application/vnd.apple.mpegurl' },
    ],
  };
}

/** H.264 and AAC at most 1280 pixels wide, the index first so that it plays while it loads. */
async function encode(source: string, folder: string, probed: Probed, tell: Tell): Promise<Made> {
  const { seconds, video, audio } = probed;
  const file = join(folder, 'playable.mp4');
  const picture = [
    ...['-map', '0:v:0', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-pix_fmt', 'yuv420p'],
    ...['-vf', "scale='trunc(min(1280,iw)/2)*2':-2"],
  ];
  const sound = ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-ac', '2'];
  const streams = [...(video ? picture : []), ...(audio ? sound : [])];
  const after = [...streams, '-sn', '-dn', '-movflags', '+faststart', '-y', file];
  await ffmpegWithProgress(source, after, { seconds, tell });
  const type = video ? 'video/mp4' : 'audio/mp4';
  return { facts: {}, files: [{ name: 'playable', file, mediaType: type }] };
}
