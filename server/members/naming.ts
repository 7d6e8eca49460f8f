import { Types } from 'mongoose';
import { pinyin } from 'pinyin-pro';
import { Id } from '../http/contract.ts';
import { badCursor, fromCursor } from '../http/index.ts';
import { spellingsOf } from '../spelling.ts';

/** A name as it sorts in a Chinese list: by the pinyin of its characters. */
export function sortNameOf(name: string): string {
  return `${pinyin(name, { toneType: 'none', nonZh: 'consecutive', v: true }).toLowerCase()} ${name}`;
}

/** What finds a name as somebody types: the name itself, its pinyin, its initials and whatever else is given. */
export function keywordsOf(name: string, ...others: string[]): string {
  return [name, ...spellingsOf(name), ...others].join('\n').toLowerCase();
}

const wordsIn = (typed: string | undefined): string[] =>
  (typed ?? '').toLowerCase().split(/\s+/).filter(Boolean);

/** Whether a name is one that somebody has typed: for those who may know nothing else, such as an e-mail address. */
export function isCalled(name: string, typed: string | undefined): boolean {
  const words = wordsIn(typed);
  if (words.length === 0) return true;
  const keywords = keywordsOf(name);
  return words.every((word) => keywords.includes(word));
}

/** A database filter for what somebody has typed: every word is somewhere in the keywords. */
export function typedFilter(typed: string | undefined): object {
  const words = wordsIn(typed);
  if (words.length === 0) return {};
  return {
    $and: words.map((word) => ({ keywords: new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) })),
  };
}

/** The rest of a list that is sorted by name, from where a cursor points. @throws badCursor */
export function afterName(cursor: string | undefined): object {
  if (cursor === undefined) return {};
  const [sortName = '', id = ''] = fromCursor(cursor, 2).map(String);
  if (!Id.safeParse(id).success) throw badCursor({});
  return { $or: [{ sortName: { $gt: sortName } }, { sortName, _id: { $gt: new Types.ObjectId(id) } }] };
}
