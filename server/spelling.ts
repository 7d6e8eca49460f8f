import { pinyin } from 'pinyin-pro';

const kept = 50_000;
const known = new Map<string, readonly string[]>();

/**
 * How a Chinese name is typed in letters: its pinyin in full and its initials, in small letters; `ü` is `v`. Letters and
 * digits stand as they are in the first and not in the second; without a Han character there is nothing to type.
 */
export function spellingsOf(name: string): readonly string[] {
  if (!/\p{Script=Han}/u.test(name)) return [];
  const before = known.get(name);
  if (before) return before;
  const full = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' });
  const spellings = [full, initials].map((letters) => letters.join('').toLowerCase());
  // Read once and remembered: the same names are listed again and again.
  if (known.size >= kept) known.clear();
  known.set(name, spellings);
  return spellings;
}
