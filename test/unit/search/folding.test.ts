import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldWithPlaces } from '../../../server/search/analysis/fold.ts';
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

test('a text folded with its places is the folded text, and every sign of it comes from its place', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // Twice: what a sign folds to is known the second time.
      for (const { folded, startOf, endOf } of [foldWithPlaces(text), foldWithPlaces(text)]) {
        expect(folded).toBe(fold(text));
        for (let unit = 0; unit < folded.length; unit++) {
          const sign = text.slice(startOf(unit), endOf(unit));
          if (folded[unit] === ' ') expect(sign).toMatch(/^\s/);
          else expect(fold(sign)).toContain(folded[unit]);
        }
      }
    }),
  );
});
