import { join } from 'node:path';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { ffmpeg, isPlayable, probe } from './ffmpeg.ts';
import { thumbnailsOf } from './picture.ts';
import { readerOf, sphereOfFilm } from './sphere-film.ts';

/** Length, picture size, codecs, chapters and whether it lies on a sphere, or thumbnails of a picture from the first tenth, when ffmpeg is installed. */
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
  const { seconds, chapters, video, audio } = probed;
  const media = {
    ...(seconds !== undefined && { seconds }),
    ...(video?.width && video.height && { width: video.width, height: video.height }),
    ...(video?.codec_name && { videoCodec: video.codec_name }),
    ...(audio?.codec_name && { audioCodec: audio.codec_name }),
    ...(chapters.length > 0 && { chapters }),
    isPlayable: isPlayable(probed, mediaType),
  };
  if (recipe === 'media') return { facts: { media, ...around } };
  if (!video) throw new NotConvertible('nothing-to-show');
  const poster = join(folder, 'poster.png');
  const at = String(Math.min((seconds ?? 0) / 10, 60));
  const frame = ['-frames:v', '1', '-vf', "thumbnail=24,scale='min(1280,iw)':-2", '-an', '-sn', '-y', poster];
  await ffmpeg(source, { before: ['-ss', at], after: frame });
  return { facts: {}, files: await thumbnailsOf(poster, folder) };
}
