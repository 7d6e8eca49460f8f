import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../../server/search/analysis/index.ts';

/** Signs that fold to themselves, to others, to several, to nothing, and white space. */
const anyText = fc.string({
  unit: fc.constantFrom(...'数控车床ab1-/ ,，。　\n\u0000\u00ad\u200bＡＢ①㎜×ß車\u{20000}\ud800\uffffé'),
  maxLength: 40,
});

test('what is folded already stays as it is, and holds no invisible sign', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      expect(folded).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

test('white space between letters is one, beside a Han character none', () => {
  expect(fold(' 数控\n车床 \u0000 CAD  CAM 　编程 ')).toBe('数控车床cad cam编程');
});
