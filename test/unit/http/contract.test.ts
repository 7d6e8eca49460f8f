import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { addressOf, endpoint, line, prose, requestOf, several } from '../../../server/http/contract.ts';
import { fromCursor, pageFrom, toCursor } from '../../../server/http/paging.ts';

const download = endpoint({
  method: 'get',
  path: '/api/resources/{id}/files/{path+}',
  summary: { 'zh-CN': '试验。', en: 'For this test.' },
  asks: 'anyone',
  params: z.object({ id: z.string(), path: z.string() }),
  answers: { 200: z.unknown() },
});

describe('an address', () => {
  test('encodes its parameters, and keeps the slashes of a path', () => {
    expect(addressOf(download, { id: 'a/b', path: '图 纸/轴 #1.pdf' }, undefined)).toBe(
      '/api/resources/a%2Fb/files/%E5%9B%BE%20%E7%BA%B8/%E8%BD%B4%20%231.pdf',
    );
  });

  test('repeats a query parameter that has several values and leaves out those without', () => {
    const query = { kind: ['xr', 'textbook'], q: '', cursor: undefined, limit: 20 };
    expect(addressOf(download, { id: '1', path: 'x' }, query)).toMatch(/\?kind=xr&kind=textbook&limit=20$/);
  });

  test('carries the seen revision as If-Match and the header of our own pages', () => {
    const [, init] = requestOf(download, { ifMatch: 7 });
    expect(init.headers).toMatchObject({ 'If-Match': '"7"', 'X-Courseyard': '1' });
  });
});

describe('text', () => {
  test('is trimmed and brought to normal form C', () => {
    expect(line(20).parse('  e\u0301 数控  ')).toBe('é 数控');
  });

  test.each(['a\u0000b', 'a\nb', 'half \ud800', 'turned \u202e around', 'bell \u0007'])(
    'of one line may not contain what cannot be seen: %j',
    (text) => expect(line(50).safeParse(text).success).toBe(false),
  );

  test.each([
    '\u3164',
    '\ufe0f',
    '\u{e0041}\u{e0042}',
    '\u0301\u0301',
    '\u2800',
    ' \u200d ',
    'a\uffff',
    'a\ufdd0',
    'a\u{1fffe}',
  ])('of which nothing can be seen, or with what is no character, is refused: %j', (text) => {
    expect(line(50).safeParse(text).success).toBe(false);
    expect(prose(50).safeParse(text).success).toBe(false);
  });

  test.each([
    '👩‍🏭',
    '❤️',
    '1️⃣',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', // the flag of England: tag characters
    'می‌خواهم', // Persian, with a joiner that is needed
    'क्‍ष',
    'ไทย',
    '葛\u{e0100}', // a character with the variant of a name
    '\u{e000}', // private use: characters of names that Unicode had not
    '—',
  ])('of a script or picture that needs them keeps its joiners, selectors and marks: %s', (text) =>
    expect(line(50).parse(text)).toBe(text.normalize('NFC')),
  );

  test('loses what pages put into words so that they break, or do not: two titles that look the same are the same', () => {
    expect(line(20).parse('数控\u200b车床\u00ad\u2060 CK6140\ufeff')).toBe('数控车床 CK6140');
    expect(prose(50).parse('\ufeff一\n\u200b二')).toBe('一\n二');
    expect([line(50).parse(' \u200b '), prose(50).parse('\u2060')]).toEqual(['', '']);
    expect(line(50, 1).safeParse('\u200b\u200b').success).toBe(false);
  });

  test('may be empty where it need not be there', () => {
    expect([line(50).parse(' '), prose(50).parse('')]).toEqual(['', '']);
  });

  test('of several lines keeps its line breaks', () => {
    expect(prose(50).parse('一\r\n二\t三')).toBe('一\r\n二\t三');
  });
});

test('a parameter that may be repeated is a list however often it came', () => {
  const kinds = several(z.string());
  expect([kinds.parse(undefined), kinds.parse('xr'), kinds.parse(['xr', 'textbook'])]).toEqual([
    [],
    ['xr'],
    ['xr', 'textbook'],
  ]);
});

test('pages follow each other without a gap or a repeat', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (numbers, limit) => {
        const all = numbers.toSorted((a, b) => a - b);
        const seen: number[] = [];
        let cursor: string | undefined;
        do {
          const after = cursor === undefined ? Number.NEGATIVE_INFINITY : Number(fromCursor(cursor, 1)[0]);
          const page = pageFrom(all.filter((n) => n > after).slice(0, limit + 1), limit, (n) => [n]);
          seen.push(...page.items);
          cursor = page.next;
        } while (cursor !== undefined);
        expect(seen).toEqual(all);
      },
    ),
  ));

test.each(['', 'x', toCursor([1, 2]), Buffer.from('{"a":1}').toString('base64url')])(
  'a cursor that is not ours is refused: %j',
  (cursor) => expect(() => fromCursor(cursor, 1)).toThrow(/cursor/),
);
