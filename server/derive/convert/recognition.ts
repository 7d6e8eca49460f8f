import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Sharp } from 'sharp';
import { NotConvertible } from './conversion.ts';

const run = promisify(execFile);

/** A page may take this long, in ms. */
const longestPage = 60_000;
/** Pixels of the longer side: about 300 dots an inch on A4, which the recogniser is made for. */
const side = 3_000;
/** Below this (of 100, over its words) a line is scratches, leaves or a shadow. A single word says little: 0 may be right. */
const surestLine = 60;

/** Simplified Chinese and English, as far as their data are installed. */
const wanted = ['chi_sim', 'eng'];
let languages: Promise<string> | undefined;

/** Whether the recogniser is there, and for which languages. @throws NotConvertible: ocr-missing */
export function recogniserLanguages(): Promise<string> {
  languages ??= run('tesseract', ['--list-langs']).then(
    ({ stdout }) => wanted.filter((name) => new RegExp(`^${name}$`, 'm').test(stdout)).join('+'),
    () => '',
  );
  return languages.then((found) => {
    if (found === '') throw new NotConvertible('ocr-missing');
    return found;
  });
}

/**
 * Reads the text in a picture of a page with tesseract; empty when there is none that it is sure of.
 * @param file where it may put a copy of the picture
 * @throws NotConvertible: ocr-missing, took-too-long
 */
export async function textInPicture(picture: Sharp, file: string): Promise<string> {
  const spoken = await recogniserLanguages();
  await picture
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .greyscale()
    .png({ compressionLevel: 1 })
    .toFile(file);
  try {
    const { stdout } = await run('tesseract', [file, '-', '-l', spoken, '--psm', '3', 'tsv'], {
      timeout: longestPage,
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 * 1024,
    });
    return textOf(stdout);
  } catch (error) {
    const isKilled = error instanceof Error && 'killed' in error && error.killed === true;
    throw new NotConvertible(isKilled ? 'took-too-long' : 'damaged');
  }
}

/** The lines of a TSV answer: level, page, block, paragraph, line, word, place and size, confidence, text. */
export function textOf(tsv: string): string {
  const lines = new Map<string, { text: string; sureness: number }[]>();
  for (const row of tsv.split('\n').slice(1)) {
    const [level, page, block, paragraph, line, , , , , , sureness, text = ''] = row.split('\t');
    if (level !== '5' || text.trim() === '') continue;
    const key = [page, block, paragraph, line].join();
    lines.set(key, [...(lines.get(key) ?? []), { text, sureness: Number(sureness) }]);
  }
  return [...lines.values()]
    .filter((words) => words.reduce((sum, { sureness }) => sum + sureness, 0) / words.length >= surestLine)
    .map((words) => joined(words.map(({ text }) => text)))
    .join('\n');
}

const han = /\p{Script=Han}|[，。、；：？！（）《》“”]/u;

/** Words as a line: it separates Chinese characters by spaces, which nobody writes. */
function joined(words: readonly string[]): string {
  return words.reduce((line, word) => {
    const isTogether = line === '' || (han.test(line.at(-1) ?? '') && han.test(word[0] ?? ''));
    return isTogether ? line + word : `${line} ${word}`;
  }, '');
}
