/**
 * What makes one text of another that is much like it, as a short text: for each place where they differ, how many
 * characters before it are the same, how many are left out, and which stand there instead.
 */
export function changesOf(from: string, to: string): string {
  if (from === to) return '';
  const [before, after] = [[...from], [...to]];
  let changes = '';
  let [at, there, same] = [0, 0, 0];
  while (at < before.length || there < after.length) {
    if (before[at] === after[there] && same < most) {
      at++;
      there++;
      same++;
      continue;
    }
    const [left, put] = before[at] === after[there] ? [0, 0] : difference(before, at, after, there);
    changes += number(same) + number(left) + number(put) + after.slice(there, there + put).join('');
    at += left;
    there += put;
    same = 0;
  }
  return changes;
}

/** The text that the changes make of another. */
export function changed(from: string, changes: string): string {
  const before = [...from];
  const signs = [...changes];
  let text = '';
  let at = 0;
  for (let next = 0; next < signs.length; ) {
    const [same = 0, left = 0, put = 0] = signs
      .slice(next, next + 3)
      .map((sign) => sign.charCodeAt(0) - zero);
    next += 3;
    text += before.slice(at, at + same).join('') + signs.slice(next, next + put).join('');
    at += same + left;
    next += put;
  }
  return text + before.slice(at).join('');
}

/** Numbers are characters that take one byte when they are small, and none is half of a pair. */
const zero = 0x23;
const most = 0xd000;
const number = (value: number): string => String.fromCharCode(zero + value);

/** Characters within which two texts that differ are looked at for where they are alike again. */
const farthest = 24;

/** How many characters of each differ from here: as few as possible. */
function difference(
  before: readonly string[],
  at: number,
  after: readonly string[],
  there: number,
): [number, number] {
  for (let both = 1; both <= farthest; both++)
    for (let left = 0; left <= both; left++) {
      const put = both - left;
      if (at + left > before.length || there + put > after.length) continue;
      if (before[at + left] === after[there + put]) return [left, put];
    }
  return [Math.min(before.length - at, most), Math.min(after.length - there, most)];
}
