import { parse } from 'csv-parse/sync';
import { lexer, type Token } from 'marked';
import type { Passage } from './conversion.ts';
import { htmlSections } from './html.ts';
import { captionsOf } from './plain.ts';
import type { Block } from './sheet.ts';

/** More lines or rows than a sheet holds. */
const most = 40;

/** The beginning of a text as it reads, by what it is. @param isWhole whether it is all of the file */
export function blocksOf(mediaType: string, text: string, isWhole: boolean): Block[] {
  switch (mediaType) {
    case 'text/markdown':
      return markdownBlocks(text);
    case 'text/csv':
    case 'text/tab-separated-values':
      return tableBlocks(text);
    case 'text/html':
    case 'application/xhtml+xml':
      return passagesAsBlocks(htmlSections(text));
    case 'text/vtt':
    case 'application/x-subrip':
      return captionBlocks(text);
    case 'application/json':
      return linesAs('code', isWhole ? spread(text) : text);
    case 'text/plain':
      return linesAs(looksLikeCode(text) ? 'code' : 'body', text);
    default:
      return linesAs('code', text);
  }
}

/** Lines as they stand, without what is empty before the first. */
function linesAs(as: 'body' | 'code', text: string): Block[] {
  const lines = text
    .replace(/^(\s*\n)+/, '')
    .split('\n', most)
    .map((line) => line.trimEnd().replaceAll('\t', '    '));
  return lines.join('') === '' ? [] : [{ as, text: lines.join('\n') }];
}

/** JSON that was packed in one line, as people read it. */
function spread(json: string): string {
  if (json.trim().includes('\n')) return json;
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json; // it is shown as it stands
  }
}

/** How lines of programs, also of machine tools, end or begin. */
const ofPrograms =
  /[;{}]\s*$|^(\t| {2,})\S|^\s*(#include|import |from |def |class |N\d+\s*[GMTXYZ]|[GMT]\d+\b|%\s*$)/;

/** Whether a third of its lines are those of a program. */
function looksLikeCode(text: string): boolean {
  const lines = text.split('\n', 200).filter((line) => line.trim() !== '');
  return lines.filter((line) => ofPrograms.test(line)).length * 3 > lines.length;
}

function captionBlocks(text: string): Block[] {
  const two = (n: number) => String(n).padStart(2, '0');
  return captionsOf(text)
    .slice(0, most)
    .map(({ at, text: words }) => ({
      as: 'body',
      text: `${Math.floor(Number(at) / 60)}:${two(Number(at) % 60)}   ${words.trim().replace(/\s+/gu, ' ')}`,
    }));
}

/** Passages with their names above them, the first of which is that of the whole. */
export function passagesAsBlocks(passages: readonly Passage[]): Block[] {
  return passages.slice(0, most).flatMap(({ at, text }, index): Block[] => {
    const name = String(at);
    const lines = text
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
    const rest = (lines.startsWith(name) ? lines.slice(name.length) : lines).trim();
    return [
      ...(name === '' ? [] : [{ as: index === 0 ? 'title' : 'heading', text: name } as const]),
      ...(rest === '' ? [] : [{ as: 'body', text: rest } as const]),
    ];
  });
}

/** Cut at commas, semicolons or tabs, whichever the first line has most of; as text when it is no table. */
function tableBlocks(text: string): Block[] {
  const [first = ''] = text.split('\n', 1);
  const count = (mark: string) => first.split(mark).length;
  const delimiter = [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  const options = { delimiter, to: most, relax_quotes: true, relax_column_count: true } as const;
  try {
    const rows: string[][] = parse(text, { ...options, skip_empty_lines: true });
    return rows.length === 0 ? [] : [{ as: 'table', rows }];
  } catch {
    return linesAs('body', text);
  }
}

const frontMatter = /^---\n[\s\S]*?\n---\n/;

function markdownBlocks(text: string): Block[] {
  try {
    return lexer(text.replace(frontMatter, '')).slice(0, most).flatMap(blocksOfToken);
  } catch (error) {
    if (error instanceof RangeError) return linesAs('body', text); // it lies deeper in itself than anybody writes
    throw error;
  }
}

function blocksOfToken(token: Token): Block[] {
  switch (token.type) {
    case 'heading':
      return [{ as: token.depth === 1 ? 'title' : 'heading', text: wordsOf(token.tokens) }];
    case 'paragraph':
    case 'text':
      return [{ as: 'body', text: wordsOf(token.tokens ?? [token]) }];
    case 'code':
      return linesAs('code', token.text);
    case 'blockquote':
      return (token.tokens ?? []).flatMap(blocksOfToken);
    case 'list':
      return token.items
        .slice(0, most)
        .flatMap((item: Item, index: number) => itemBlocks(item, token, index));
    case 'table':
      return [{ as: 'table', rows: [token.header, ...token.rows].map(cellsOf) }];
    default:
      return []; // rules, space, HTML
  }
}

type Item = { tokens: Token[]; task: boolean };
const cellsOf = (cells: readonly { tokens: Token[] }[]) => cells.map(({ tokens }) => wordsOf(tokens));

/** Its mark before its first words; lists in it follow. */
function itemBlocks({ tokens, task }: Item, list: Token, index: number): Block[] {
  const [first, ...rest] = tokens.flatMap(blocksOfToken);
  const isNumbered = 'ordered' in list && list.ordered === true;
  const begin = 'start' in list && typeof list.start === 'number' ? list.start : 1;
  const mark = task ? '□' : isNumbered ? `${begin + index}.` : '•';
  if (!first || first.as === 'table') return [{ as: 'body', text: mark }, ...(first ? [first] : []), ...rest];
  return [{ ...first, text: `${mark} ${first.text}` }, ...rest];
}

/** What is read of a line: without marks, addresses and HTML; of a picture, its description. */
function wordsOf(tokens: readonly Token[] = []): string {
  return tokens
    .map((token): string => {
      if (token.type === 'br') return '\n';
      if (token.type === 'html') return '';
      if ('tokens' in token && token.tokens && token.type !== 'image') return wordsOf(token.tokens);
      return 'text' in token ? String(token.text).replace(/\s*\n\s*/g, ' ') : '';
    })
    .join('');
}
