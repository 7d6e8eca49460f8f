import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FilePath } from '../../../server/resources/files/contract.ts';
import {
  arrange,
  freePath,
  MOST_FILES,
  placeFile,
  removeFile,
  totalsOf,
} from '../../../server/resources/files/rules.ts';
import type { StoredFile } from '../../../server/resources/stored.ts';

const file = (path: string, more: Partial<StoredFile> = {}): StoredFile => ({
  path,
  size: 10,
  mediaType: 'text/plain',
  sha256: path,
  crc32: 0,
  ...more,
});
const paths = (files: readonly StoredFile[]) => files.map(({ path }) => path);

describe('a path', () => {
  test.each(['对刀.mp4', '模块一/任务 2/工作页.docx', 'a.b/c..d', '.hidden'])('%j is safe', (path) => {
    expect(FilePath.parse(path)).toBe(path);
  });

  test.each([
    '',
    '/etc/passwd',
    'a//b',
    'a/',
    '../a',
    'a/../b',
    'a/./b',
    'a\\b',
    'a\0b',
    'a\nb',
    ' a',
    'a ',
    'a/\u202Efdp.exe',
    '字'.repeat(86),
    '\ud800',
  ])('%j is not', (path) => {
    expect(FilePath.safeParse(path).success).toBe(false);
  });

  test('is kept in Unicode normal form C', () => {
    expect(FilePath.parse('e\u0301.txt')).toBe('\u00e9.txt');
  });

  test('of 255 bytes a segment is the longest', () => {
    expect(FilePath.safeParse(`${'字'.repeat(85)}/a`).success).toBe(true);
  });
});

describe('the name of a file whose own is taken', () => {
  test.each([
    ['讲义.pdf', '讲义 (2).pdf'],
    ['a/b.c/README', 'a/b.c/README (2)'],
    ['.hidden', '.hidden (2)'],
    ['a.tar.gz', 'a.tar (2).gz'],
    [`${'字'.repeat(83)}.pdf`, `${'字'.repeat(82)} (2).pdf`],
  ])('%j becomes %j', (path, wanted) => {
    expect(freePath([file(path)], file(path, { sha256: 'other' }))).toBe(wanted);
  });

  test('has the first number that is free, or whose file has the same bytes', () => {
    const there = [file('a.md'), file('A (2).md'), file('a (4).md')];
    expect(freePath(there, file('a.md', { sha256: 'other' }))).toBe('a (3).md');
    expect(freePath(there, file('a.md', { sha256: 'A (2).md' }))).toBe('A (2).md');
    expect(freePath(there, file('b.md'))).toBe('b.md');
  });
});

describe('adding a file', () => {
  test('puts it last', () => {
    expect(paths(placeFile([file('a')], file('b')).files)).toEqual(['a', 'b']);
  });

  test('replaces the one at the same path, whatever its case, where it stands', () => {
    const { files, replaced } = placeFile([file('A.txt'), file('b')], file('a.TXT'));
    expect(paths(files)).toEqual(['a.TXT', 'b']);
    expect(replaced?.path).toBe('A.txt');
  });

  test('is refused where a folder of that name is', () => {
    expect(() => placeFile([file('a/b')], file('A'))).toThrow(expect.objectContaining({ status: 409 }));
    expect(() => placeFile([file('a')], file('a/b'))).toThrow(expect.objectContaining({ status: 409 }));
  });

  test('is refused when there are too many', () => {
    const full = Array.from({ length: MOST_FILES }, (_, i) => file(String(i)));
    expect(() => placeFile(full, file('one more'))).toThrow(
      expect.objectContaining({ type: 'resources/too-many-files' }),
    );
  });
});

describe('arranging files', () => {
  test('two may swap their names', () => {
    const swap = { rename: [{ from: 'a', to: 'b' }], order: [] };
    expect(() => arrange([file('a'), file('b')], swap)).toThrow(
      expect.objectContaining({ type: 'resources/path-taken' }),
    );
    const both = { ...swap, rename: [...swap.rename, { from: 'b', to: 'a' }] };
    expect(arrange([file('a'), file('b')], both).map(({ path, sha256 }) => [path, sha256])).toEqual([
      ['b', 'a'],
      ['a', 'b'],
    ]);
  });

  test('an unknown name is told', () => {
    expect(() => arrange([file('a')], { rename: [], order: ['x'] })).toThrow(
      expect.objectContaining({ type: 'resources/no-such-file' }),
    );
  });

  test('never loses or doubles a file', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.nat()), (given, random) => {
        const order = given.filter(() => (random.next().value ?? 0) % 2 === 0).reverse();
        const arranged = paths(
          arrange(
            given.map((name) => file(name)),
            { rename: [], order },
          ),
        );
        expect([...arranged].sort()).toEqual([...given].sort());
        expect(arranged.slice(0, order.length)).toEqual(order);
      }),
    );
  });
});

test('removing takes out just the one', () => {
  expect(paths(removeFile([file('a'), file('b')], 'a'))).toEqual(['b']);
});

test('a picture stands for the resource before a document does', () => {
  const files = [
    file('a.pdf', { mediaType: 'application/pdf' }),
    file('b.png', { mediaType: 'image/png', size: 5 }),
  ];
  expect(totalsOf(files)).toEqual({ fileCount: 2, bytes: 15, cover: 'b.png' });
});
