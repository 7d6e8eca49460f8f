/**
 * What makes one text of another that is much like it, as a short text: for each place where they differ, how many
 * signs before it are the same, how many are left out, how many stand there instead, and those.
 */
export function changesOf(from: string, to: string): string {
  let changes = '';
  for (let at = 0, there = 0; ; ) {
    const same = sameIn(from, at, to, there);
    at += same;
    there += same;
    if (at === from.length && there === to.length) return changes;
    const [left, put] = same === most ? [0, 0] : difference(from, at, to, there);
    changes += number(same) + number(left) + number(put) + to.slice(there, there + put);
    at += left;
    there += put;
  }
}

/** The text that the changes make of another. */
export function changed(from: string, changes: string): string {
  let text = '';
  let at = 0;
  for (let next = 0; next < changes.length; ) {
    const same = numberAt(changes, next);
    const put = numberAt(changes, next + 2);
    text += from.slice(at, at + same) + changes.slice(next + 3, next + 3 + put);
    at += same + numberAt(changes, next + 1);
    next += 3 + put;
  }
  return text + from.slice(at);
}

/** Numbers are signs that take one byte when they are small, and none is half of a pair. */
const zero = 0x23;
const most = 0xd000;
const number = (value: number): string => String.fromCharCode(zero + value);
const numberAt = (text: string, at: number): number => text.charCodeAt(at) - zero;

/** Signs within which two texts that differ are looked at for where they are alike again. */
const farthest = 24;

/** How many signs are the same from here. Pairs are not torn: halves cannot be sent. */
function sameIn(from: string, at: number, to: string, there: number): number {
  const end = Math.min(most, from.length - at, to.length - there);
  let same = 0;
  while (same < end && from.charCodeAt(at + same) === to.charCodeAt(there + same)) same++;
  return same > 0 && (isInPair(from, at + same) || isInPair(to, there + same)) ? same - 1 : same;
}

/** How many signs of each differ from here: as few as possible. */
function difference(from: string, at: number, to: string, there: number): [number, number] {
  for (let both = 1; both <= farthest; both++)
    for (let left = 0; left <= both; left++) {
      const [here, now] = [at + left, there + both - left];
      if (here > from.length || now > to.length || isInPair(from, here) || isInPair(to, now)) continue;
      if (from[here] === to[now]) return [left, both - left];
    }
  return [rest(from, at), rest(to, there)];
}

function rest(text: string, at: number): number {
  const length = Math.min(text.length - at, most);
  return isInPair(text, at + length) ? length - 1 : length;
}

/** Whether the second half of a pair stands here. */
function isInPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
