import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { mostCaptions } from '../contract.ts';
import { faultOf, runProgram } from './program.ts';

/** Only what we ask for: no other address, no file that a playlist names. */
const allowed = ['-protocol_whitelist', 'file,http,tcp'];

const Probe = z.object({
  format: z.object({ duration: z.coerce.number().optional() }).default({}),
  streams: z
    .array(
      z.object({
        index: z.number().int(),
        codec_type: z.string().optional(),
        codec_name: z.string().optional(),
        pix_fmt: z.string().optional(),
        width: z.number().int().optional(),
        height: z.number().int().optional(),
        disposition: z.object({ attached_pic: z.number() }).partial().optional(),
        tags: z.object({ language: z.string(), title: z.string() }).partial().optional(),
      }),
    )
    .default([]),
  chapters: z
    .array(
      z.object({
        start_time: z.coerce.number(),
        tags: z.object({ title: z.string() }).partial().optional(),
      }),
    )
    .default([]),
});

const shown =
  'format=duration:stream=index,codec_type,codec_name,pix_fmt,width,height:stream_disposition=attached_pic:stream_tags=language,title:chapter=start_time:chapter_tags=title';
/** Of chapters that have a title; a recording with more is damaged, or means harm. */
const mostChapters = 500;
const longestTitle = 200;

/** Captions that are text; those that are pictures nobody here reads. */
const captionCodecs = new Set(['mov_text', 'subrip', 'srt', 'webvtt', 'ass', 'ssa', 'text']);

/** Length in seconds, chapters with a title, captions, and the first stream of each kind; the cover of a recording is no video. */
export async function probe(source: string) {
  const told = await ask('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    shown,
    '-of',
    'json',
    ...allowed,
    source,
  ]);
  const { format, streams, chapters } = Probe.parse(JSON.parse(told));
  const first = (kind: string) =>
    streams.find(({ codec_type, disposition }) => codec_type === kind && disposition?.attached_pic !== 1);
  const titled = chapters.flatMap(({ start_time, tags }) => {
    const title = tags?.title?.trim().slice(0, longestTitle);
    return title ? [{ seconds: Math.max(0, start_time), title }] : [];
  });
  const captions = streams
    .filter(({ codec_type, codec_name = '' }) => codec_type === 'subtitle' && captionCodecs.has(codec_name))
    .map(({ index, tags: { language, title } = {} }) => ({
      index,
      ...(language && language !== 'und' && { language: language.slice(0, longestTitle) }),
      ...(title && { title: title.slice(0, longestTitle) }),
    }));
  return {
    seconds: format.duration,
    captions: captions.slice(0, mostCaptions),
    chapters: titled.slice(0, mostChapters),
    video: first('video'),
    audio: first('audio'),
    hasCover: streams.some(({ disposition }) => disposition?.attached_pic === 1),
  };
}

/** Runs ffmpeg on a source. @throws NotConvertible when it is not installed or cannot read it; an Error when it was killed */
export const ffmpeg = (source: string, { before = [], after }: { before?: string[]; after: string[] }) =>
  ask('ffmpeg', ['-v', 'error', '-nostdin', '-threads', '1', ...before, ...allowed, '-i', source, ...after]);

/**
 * Runs ffmpeg on a source that takes long, and tells how much is done, from 0 to 1.
 * @param seconds length of the source; without it, only that it goes on is told
 * @throws NotConvertible when it is not installed or cannot read it; an Error when it was killed
 */
export async function ffmpegWithProgress(
  source: string,
  after: string[],
  { seconds, tell }: { seconds: number | undefined; tell: (share: number) => void },
): Promise<void> {
  const report = ['-nostats', '-progress', 'pipe:1'];
  const program = spawn(
    'ffmpeg',
    ['-v', 'error', '-nostdin', ...report, '-threads', '1', ...allowed, '-i', source, ...after],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise<void>((resolve, reject) => {
    program.once('error', (error) => reject(faultOf(error, 'program-missing')));
    program.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(faultOf({ code, signal }, 'program-missing')),
    );
  });
  createInterface({ input: program.stdout }).on('line', (line) => {
    const [, microseconds] = /^out_time_us=(\d+)/.exec(line) ?? [];
    if (microseconds !== undefined) tell(seconds ? Math.min(Number(microseconds) / 1e6 / seconds, 1) : 0);
  });
  return ended;
}

const ask = (program: 'ffmpeg' | 'ffprobe', args: string[]): Promise<string> =>
  runProgram(program, args, 'program-missing');

const videoCodecs = new Set(['h264', 'vp8', 'vp9', 'av1']);
const audioCodecs = new Set(['aac', 'mp3', 'opus', 'vorbis', 'flac', 'pcm_s16le', 'pcm_f32le', 'pcm_u8']);
const containers = /^(video\/(mp4|webm|quicktime|x-m4v)|audio\/(mpeg|mp4|aac|ogg|wav|flac|webm))$/;

export type Probed = Awaited<ReturnType<typeof probe>>;

/** Whether the picture can be put into an MP4 as it is, and every current browser plays it there. */
export const canCopy = ({ video }: Probed): boolean =>
  video?.codec_name === 'h264' && /^yuvj?420p$/.test(video.pix_fmt ?? '');

/** Whether every current browser plays it; HEVC and 10-bit H.264 only some do. */
export function isPlayable({ video, audio }: Probed, mediaType: string): boolean {
  const isVideoFine =
    video === undefined ||
    (videoCodecs.has(video.codec_name ?? '') &&
      (video.codec_name !== 'h264' || /^yuvj?420p$/.test(video.pix_fmt ?? '')));
  return (
    containers.test(mediaType) &&
    isVideoFine &&
    (audio === undefined || audioCodecs.has(audio.codec_name ?? ''))
  );
}
