import { type Dictionary, joinSingles } from './dictionary.ts';
import { fold, isHan } from './fold.ts';
import { unitsOf } from './units.ts';

/** What a searcher typed, taken apart. All texts are folded. */
export interface QueryText {
  /** Words in their order. */
  readonly words: readonly AskedWord[];
  /** What stands outside of quotations and operators, as typed. */
  readonly bare: readonly string[];
  /** Words that must not occur. */
  readonly excluded: readonly AskedWord[];
  /** `专业:数控技术`: the values of named fields. */
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

export interface AskedWord {
  readonly text: string;
  /** The word in it, when the rest is a single character that the dictionary left alone beside it: 液压油 of 液压油位. */
  readonly longer?: string;
  /** A single character that the dictionary left alone in a row, away from words: 查 of 故障怎么查. */
  readonly leftAlone?: true;
  /** Written in quotation marks: only this very text counts. */
  readonly quoted: boolean;
}

/** A query is read up to here; nobody means more. */
const longestQuery = 300;
const mostWords = 12;

/** Names of fields as they are typed, and as the index knows them. */
const fieldNames: Record<string, string> = {
  标题: 'title',
  题名: 'title',
  title: 'title',
  专业: 'major',
  major: 'major',
  课程: 'course',
  course: 'course',
  类型: 'type',
  资源类型: 'type',
  素材类型: 'type',
  type: 'type',
  kind: 'type',
  materialtype: 'type',
  单位: 'organisation',
  成员单位: 'organisation',
  学校: 'organisation',
  org: 'organisation',
  organisation: 'organisation',
  organization: 'organisation',
  作者: 'creator',
  creator: 'creator',
  author: 'creator',
  标签: 'tag',
  tag: 'tag',
  证书: 'certificate',
  certificate: 'certificate',
  岗位: 'job',
  job: 'job',
};

const closing: Record<string, string> = { '"': '"', '“': '”', '”': '”', '「': '」', '『': '』', '＂': '＂' };

/** Words that say nothing by themselves; left out when others remain. */
const empty = new Set(
  `的 了 和 与 及 或 在 是 有 对 用 把 被 从 到 等 中 之 其 这 那 个 吗 呢 吧 啊 我 你 们 也 都 就 要 会 能 可 请
  怎么 怎样 如何 什么 为什么 哪些 哪个 多少 请问 可以 需要 进行 以及 一个 一种 有关 关于 相关 怎么办 是什么 怎么样
  the a an of and or in on for to with how what is`.split(/\s+/),
);

/** 怎么处理: what one does says nothing either after such a word. */
const asking = new Set(['怎么', '怎样', '如何']);
const doing = new Set(['处理', '解决', '办', '做']);

/** Reads a query; every text is one, however odd. */
export function readQuery(text: string, dictionary: Dictionary): QueryText {
  const words: AskedWord[] = [];
  const bare: string[] = [];
  const excluded: AskedWord[] = [];
  const values: { name: string; text: string }[] = [];
  for (const piece of piecesOf(text.slice(0, longestQuery))) {
    const name = piece.name === undefined ? undefined : fieldNames[piece.name];
    if (name !== undefined && !piece.excluded) {
      const value = fold(piece.text);
      if (unitsOf(value).length > 0) values.push({ name, text: value });
      continue;
    }
    const found = piece.quoted ? quotedWord(piece.text) : wordsOf(fold(piece.text), dictionary);
    (piece.excluded ? excluded : words).push(...found);
    if (!piece.excluded && !piece.quoted) bare.push(fold(piece.text));
  }
  return {
    words: meaningful(words).slice(0, mostWords),
    bare,
    excluded: excluded.slice(0, mostWords),
    values,
  };
}

interface Piece {
  text: string;
  quoted: boolean;
  excluded: boolean;
  name?: string;
}

/** Cuts at white space and quotation marks; an open one ends with the text. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const excluded = /^[-－](?=[^\s-])/.test(rest);
    if (excluded) rest = rest.slice(1);
    const named = /^([\p{L}]{1,12})[:：]\s*(?=\S)/u.exec(rest);
    const name = named?.[1]?.toLowerCase();
    const known = name !== undefined && Object.hasOwn(fieldNames, name);
    if (named && known) rest = rest.slice(named[0].length);
    const close = closing[rest.charAt(0)];
    const end = close === undefined ? rest.search(/[\s"“”「『＂]|$/u) : closeAt(rest, close);
    const taken = close === undefined ? rest.slice(0, end) : rest.slice(1, end);
    if (taken.trim() !== '')
      pieces.push({ text: taken, quoted: close !== undefined, excluded, ...(known && { name }) });
    rest = rest.slice(Math.max(1, close === undefined ? end : end + 1)).trimStart();
  }
  return pieces;
}

function closeAt(text: string, close: string): number {
  const found = text.indexOf(close, 1);
  return found === -1 ? text.length : found;
}

function quotedWord(text: string): AskedWord[] {
  const folded = fold(text);
  return unitsOf(folded).length > 0 ? [{ text: folded, quoted: true }] : [];
}

/** The words of a folded text: rows of letters and digits whole, Han text as the dictionary cuts it. */
export function wordsOf(folded: string, dictionary: Dictionary): AskedWord[] {
  const words: AskedWord[] = [];
  let row: string[] = []; // what follows each other without a sign or space between
  let han = '';
  let end = 0;
  const endHan = () => {
    if (han !== '') row.push(...hanWords(han, row.length === 0, dictionary));
    han = '';
  };
  const endRow = () => {
    endHan();
    words.push(...withSingles(row));
    row = [];
  };
  for (const { text, han: isOfHan, at } of unitsOf(folded)) {
    if (at !== end) endRow();
    if (isOfHan) han += text;
    else {
      endHan();
      row.push(text);
    }
    end = at + text.length;
  }
  endRow();
  return words;
}

function hanWords(han: string, isAlone: boolean, dictionary: Dictionary): string[] {
  const pieces = dictionary.cut(han);
  // A short row that falls apart is rather the middle of something than a word and a particle.
  const singles = pieces.filter((piece) => piece.length === 1);
  const broken = singles.some((piece) => !empty.has(piece)) || singles.length === pieces.length;
  if (isAlone && han.length > 1 && han.length <= 3 && pieces.length > 1 && broken && !empty.has(han))
    return [han];
  const words: string[] = [];
  let row: string[] = [];
  for (const [at, piece] of [...pieces, ''].entries()) {
    if (doing.has(piece) && asking.has(pieces[at - 1] ?? '')) continue;
    if (piece === '' || empty.has(piece)) {
      words.push(...joinSingles(row));
      if (piece !== '') words.push(piece);
      row = [];
    } else row.push(piece);
  }
  return words;
}

/** A single Han character belongs to the word before it, with a particle between them too, or else to the one after it. */
function withSingles(row: readonly string[]): AskedWord[] {
  const words: AskedWord[] = [];
  for (const text of row) {
    const last = words.at(-1);
    const particle = last?.text.length === 1 && empty.has(last.text) ? last.text : '';
    const before = words.at(particle === '' ? -1 : -2);
    if (isSingle(text) && before && isLong(before.text)) {
      const typed = before.text + particle + text;
      words.splice(words.indexOf(before), 2, {
        ...before,
        longer: before.longer ?? before.text,
        text: typed,
      });
    } else if (last && isSingle(last.text) && isLong(text))
      words.splice(-1, 1, { text: last.text + text, longer: text, quoted: false });
    else words.push({ text, quoted: false, ...(row.length > 1 && isSingle(text) && { leftAlone: true }) });
  }
  return words;
}

const isSingle = (word: string): boolean =>
  word.length === 1 && isHan(word.charCodeAt(0)) && !empty.has(word);
const isLong = (word: string): boolean => !empty.has(word) && (word.length > 1 || !isHan(word.charCodeAt(0)));

/** Without empty words and, beside others, without characters left alone; all of them when nothing else is left. */
function meaningful(words: readonly AskedWord[]): AskedWord[] {
  const seen = new Set<string>();
  const once = words.filter(({ text }) => !seen.has(text) && seen.add(text));
  const some = once.filter(({ text, quoted }) => quoted || !empty.has(text));
  const told = some.filter(({ leftAlone }) => !leftAlone);
  if (told.length > 0) return told;
  return some.length > 0 ? some : once;
}
