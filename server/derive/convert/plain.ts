import { readFile } from 'node:fs/promises';
import { bounded, charactersIn, type Made, type Passage, type Task } from './conversion.ts';
import { htmlSections } from './html.ts';
import { namesIn } from './model-names.ts';

/** Text, Markdown, HTML, captions and the names in models. */
export async function convertPlain({ mediaType, source }: Task): Promise<Made> {
  const text = decoded(await readFile(source));
  const passages = bounded(passagesOf(mediaType, text));
  return { facts: { characters: charactersIn(passages) }, passages };
}

/**
 * UTF-8 or, as older Chinese programs write, GB 18030; UTF-16 by its mark.
 * @param isWhole false for the beginning of a file, which may end within a character
 */
export function decoded(bytes: Buffer, { isWhole = true } = {}): string {
  const read = (encoding: string, fatal = false) =>
    new TextDecoder(encoding, { fatal }).decode(bytes, { stream: !isWhole });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return read('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return read('utf-16be');
  try {
    return read('utf-8', true);
  } catch {
    return read('gb18030');
  }
}

/** The passages of a text, by what it is. */
export function passagesOf(mediaType: string, text: string): Passage[] {
  switch (mediaType) {
    case 'text/vtt':
    case 'application/x-subrip':
      return captionsOf(text);
    case 'text/html':
    case 'application/xhtml+xml':
      return htmlSections(text);
    case 'text/markdown':
      return markdownSections(text);
    case 'model/gltf+json':
      return namesIn(text);
    default:
      return [...pieces(text)];
  }
}

/** Cues of WebVTT and SubRip, by the second at which they appear. */
export function captionsOf(text: string): Passage[] {
  const cue = /(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->[^\n]*\n([\s\S]*?)(?=\n\s*\n|$)/g;
  return [...text.replace(/\r\n?/g, '\n').matchAll(cue)].map(
    ([, hours = '0', minutes, seconds, words = '']) => ({
      unit: 'seconds',
      at: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
      text: words.replace(/<[^>]*>|\{\\[^}]*\}/g, ''),
    }),
  );
}

/** Cut at headings, their marks and those of links and emphasis left out. */
export function markdownSections(text: string): Passage[] {
  const found: Passage[] = [];
  let at = '';
  let lines: string[] = [];
  let isCode = false;
  const end = () => found.push({ unit: 'section', at, text: lines.join('\n') });
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    const heading = isCode ? undefined : /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1];
    if (heading !== undefined) {
      end();
      at = heading.slice(0, 200);
      lines = [heading];
    } else
      lines.push(
        line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, ''),
      );
  }
  end();
  return found;
}

const pieceLength = 4000;

/** Text without headings, cut at line ends. */
function* pieces(text: string): Generator<Passage> {
  let piece = '';
  let n = 1;
  for (const line of text.split(/\r?\n/)) {
    if (piece.length + line.length > pieceLength && piece !== '') {
      yield { unit: 'section', at: `${n++}`, text: piece };
      piece = '';
    }
    piece += `${line}\n`;
  }
  yield { unit: 'section', at: `${n}`, text: piece };
}
