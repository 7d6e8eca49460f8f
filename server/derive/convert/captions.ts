import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { captionsName } from '../contract.ts';
import { bounded, charactersIn, type Made, type Task } from './conversion.ts';
import { ffmpeg, probe } from './ffmpeg.ts';
import { captionsOf } from './plain.ts';

/** The captions inside of a film, each as WebVTT and all by their words, in the order in which they lie there. */
export async function readCaptions({ source, folder }: Task): Promise<Made> {
  const { captions } = await probe(source);
  if (captions.length === 0) return { facts: {} };
  const files = captions.map((_, index) => {
    const name = captionsName(index);
    return { name, file: join(folder, `${name}.vtt`), mediaType: 'text/vtt' };
  });
  const after = files.flatMap(({ file }, index) => [
    ...['-map', `0:${captions[index]?.index}`],
    ...['-c:s', 'webvtt', '-f', 'webvtt', '-y', file],
  ]);
  await ffmpeg(source, { after });
  const texts = await Promise.all(files.map(({ file }) => readFile(file, 'utf8')));
  const passages = bounded(texts.flatMap(captionsOf));
  return { facts: { characters: charactersIn(passages) }, files, passages };
}
