import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../../server/search/analysis/index.ts';
import { changed, changesOf } from '../../../storage/search/meilisearch/text-changes.ts';

const anyText = fc.string({
  unit: fc.constantFrom(...'数控车床ab1-/ ,，。　\n\u0000\u200b\ud800\udc00ＡＢ①×ß車\u{20001}\u{20000}é"\\'),
  maxLength: 60,
});

test('what makes one text of another gives it back, whatever they are', () => {
  fc.assert(
    fc.property(anyText, anyText, (from, to) => {
      expect(changed(from, changesOf(from, to))).toBe(to);
    }),
  );
});

test('a text is kept in little beside its folded form', () => {
  const text = '注意：操作 PLC 之前，必须确认安全防护到位；严禁在运行时打开防护门！';
  const changes = changesOf(fold(text), text);
  expect(changed(fold(text), changes)).toBe(text);
  expect(Buffer.byteLength(changes)).toBeLessThan(Buffer.byteLength(text) / 2);
});
