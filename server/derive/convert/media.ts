import { join } from 'node:path';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { ffmpeg, isPlayable, probe } from './ffmpeg.ts';
import { thumbnailsOf } from './picture.ts';
import { readerOf, sphereOfFilm } from './sphere-film.ts';

/** Length, picture size, codecs, chapters, captions and whether it lies on a sphere, or thumbnails of a picture from the first tenth, when ffmpeg is installed. */
export async function convertMedia({ recipe, mediaType, source, folder }: Task): Promise<Made> {
  const sphere =
    recipe === 'media' && /^video\/(mp4|quicktime)$/.test(mediaType)
      ? await sphereOfFilm(readerOf(source))
      : undefined;
  const around = sphere && { sphere };
  const probed = await probe(source).catch((error: unknown) => {
    if (around && error instanceof NotConvertible && error.reason === 'program-missing') return undefined;
    throw error;
  });
  if (!probed) return { facts: { ...around } }; // that much is known without ffmpeg
  const { seconds, chapters, captions, video, audio, hasCover } = probed;
  const media = {
    ...(seconds !== undefined && { seconds }),
    ...(video?.width && video.height && { width: video.width, height: video.height }),
    ...(video?.codec_name && { videoCodec: video.codec_name }),
    ...(audio?.codec_name && { audioCodec: audio.codec_name }),
    ...(chapters.length > 0 && { chapters }),
    ...(captions.length > 0 && { captions: captions.map(({ index, ...about }) => about) }),
    isPlayable: isPlayable(probed, mediaType),
  };
  if (recipe === 'media') return { facts: { media, ...around } };
  const poster = join(folder, 'poster.png');
  await ffmpeg(source, pictureOf({ seconds, isFilm: video !== undefined, hasCover }, poster));
  return { facts: {}, files: await thumbnailsOf(poster, folder) };
}

/** Of what is heard, in seconds: its shape is told by the beginning, and a day of it would take minutes to read. */
const longestHeard = 1800;

/** What ffmpeg makes a picture of: a film's first tenth, the cover of a recording, or what its sound looks like. */
function pictureOf(
  { seconds = 0, isFilm, hasCover }: { seconds: number | undefined; isFilm: boolean; hasCover: boolean },
  file: string,
): { before: string[]; after: string[] } {
  const one = ['-frames:v', '1'];
  if (isFilm) {
    const size = ['-vf', "thumbnail=24,scale='min(1280,iw)':-2"];
    return {
      before: ['-ss', String(Math.min(seconds / 10, 60))],
      after: [...one, ...size, '-an', '-sn', '-y', file],
    };
  }
  if (hasCover) return { before: [], after: ['-map', '0:v:0', ...one, '-y', file] };
  const shape = 'aformat=channel_layouts=mono,showwavespic=s=1280x720:colors=#0F6E84:scale=sqrt';
  return { before: ['-t', String(longestHeard)], after: ['-filter_complex', shape, ...one, '-y', file] };
}
