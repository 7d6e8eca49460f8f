import { foldName } from '../../server/vocabularies/contract.ts';

/** Something that is found while somebody types. */
export interface Findable {
  /** What finds it (`foundBy`). */
  readonly words: string;
}

/** What finds something: its names in lines, what counts most first, each as names are compared. */
export const foundBy = (...names: readonly (string | readonly string[])[]): string =>
  names.map((name) => [name].flat().map(foldName).join(' ')).join('\n');

/** Whether something is found by what is typed: by any part of its names. */
export const isFound = ({ words }: Findable, typed: string): boolean => words.includes(foldName(typed));

/** Which line holds what is typed; where the first begins with it, that counts more. */
function rankOf({ words }: Findable, typed: string): number {
  const name = foldName(typed);
  if (words.startsWith(name)) return -1;
  return words.split('\n').findIndex((line) => line.includes(name));
}

/** How the component library's lists find what is typed, what it is most likely to mean first. */
export const finding = {
  filterOption: (typed: string, option?: Findable) => option !== undefined && isFound(option, typed),
  filterSort: (one: Findable, other: Findable, { searchValue }: { searchValue: string }) =>
    rankOf(one, searchValue) - rankOf(other, searchValue),
};
