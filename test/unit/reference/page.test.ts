import { describe, expect, test } from '@jest/globals';
import { declaredProblems } from '../../../server/http/index.ts';
import { referencePage } from '../../../server/reference/page.ts';
import { endpoints } from './boxes.ts';

describe('the readable reference', () => {
  test.each(['zh-CN', 'en'] as const)(
    'in %s explains every declared problem in both languages',
    (language) => {
      const page = referencePage(endpoints, language);
      for (const { type } of declaredProblems()) expect(page).toContain(`id="problems/${type}"`);
      expect(page).toContain('操作过于频繁，请 {seconds} 秒后再试。');
      expect(page).toContain('Too many requests. Try again in {seconds} seconds.');
    },
  );

  test('says in the language of its reader what an endpoint does', () => {
    expect(referencePage(endpoints, 'zh-CN')).toContain('列出箱子。');
    expect(referencePage(endpoints, 'zh-CN')).not.toContain('Lists boxes.');
    expect(referencePage(endpoints, 'en')).not.toContain('列出箱子。');
  });

  test.each([
    ['zh-CN', '多少秒后再试。', '不带 If-Match 则直接保存'],
    ['en', 'After how many seconds to try again.', 'Without If-Match it is saved all the same'],
  ] as const)(
    'in %s explains headers, and what a change without If-Match does',
    (language, header, editing) => {
      const page = referencePage(endpoints, language);
      expect(page).toContain(header);
      expect(page).toContain(editing);
    },
  );

  test('escapes what contracts say, and fetches nothing', () => {
    const page = referencePage(endpoints, 'en');
    expect(page).toContain('Renames a &#60;file&#62;.');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
  });
});
