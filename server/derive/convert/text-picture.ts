import { open } from 'node:fs/promises';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { scale } from './picture.ts';
import { decoded } from './plain.ts';
import { sheetOf } from './sheet.ts';
import { blocksOf } from './text-blocks.ts';

/** As much of a file is read for its picture, in bytes: no sheet holds more. */
const read = 64 * 1024;

/** What has no picture in our fonts: control characters, emoji. */
const unseen = /[^\P{C}\n\t]|\p{Emoji_Presentation}\uFE0F?/gu;

/** Thumbnails of a text: its beginning, as it reads. @throws NotConvertible: nothing-to-show when it is empty */
export async function convertTextPicture({ mediaType, source, folder }: Task): Promise<Made> {
  const { bytes, isWhole } = await beginningOf(source);
  const text = decoded(bytes, { isWhole }).replace(/\r\n?/g, '\n').replace(unseen, '');
  const blocks = blocksOf(mediaType, text, isWhole);
  if (blocks.length === 0) throw new NotConvertible('nothing-to-show');
  return { facts: {}, files: await scale(sheetOf(blocks), folder) };
}

async function beginningOf(path: string): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(read), 0, read, 0);
    return { bytes: buffer.subarray(0, bytesRead), isWhole: bytesRead < read };
  } finally {
    await file.close();
  }
}
