const pairs =
  '⺁厂⺊卜⺎兀⺒巳⺓幺⺜日⺝月⺠民⺧牛⺩王⺪疋⺫目⺬示⺮竹⺶羊⺷羊⺻聿⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑长⻓长⻔门⻕阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙';

/**
 * Radicals that some programs write into a PDF in place of the characters that look the same, as ⻋ for 车, and the
 * characters (Unicode, EquivalentUnifiedIdeograph.txt). Normalisation leaves these alone.
 */
const radicals: ReadonlyMap<string, string> = new Map(
  pairs.match(/../gu)?.map(([radical = '', character = '']) => [radical, character]),
);

/** Signs that mean the same in this trade but are not the same to Unicode. */
const alike: Record<string, string> = {
  '×': '*',
  '✕': '*',
  '⌀': 'φ',
  ø: 'φ',
  Ø: 'φ',
  ϕ: 'φ',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '∶': ':',
  〇: '零',
};

/**
 * Folds one character by itself, so that places can be told: white space to a space, half a surrogate pair and a
 * control sign to nothing.
 * @param simplified writes traditional characters as simplified ones; a library does, which no contract reads
 */
export function foldCharacter(character: string, simplified: (text: string) => string): string {
  if (/\s/u.test(character)) return ' ';
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(character)) return '';
  const known = alike[character] ?? radicals.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  return simplified(plain.replace(/\s/gu, '')).replace(/[øϕ]/gu, 'φ');
}
