import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { organisationRoles } from '../../../server/access/contract.ts';
import { languages } from '../../../server/http/contract.ts';
import { decodeTable, readTable, writeTable } from '../../../server/members/people/table.ts';

test('a table is read whatever its separator, its order of columns and the language of its headings', () => {
  const expected = [{ row: 2, name: '张伟', email: 'zhang@example.org', roles: ['teacher', 'author'] }];
  for (const text of [
    'name,email,roles\n张伟,Zhang@Example.org,teacher;author',
    '\uFEFF角色,姓名,邮箱\r\n教师、作者,张伟,zhang@example.org\r\n',
    '邮箱;姓名;角色\nzhang@example.org;张伟;teacher|author\n',
    'Name\tE-Mail\tRoles\n 张伟 \tzhang@example.org\tAuthor, Teacher\n',
  ])
    expect(readTable(text)).toMatchObject({ rows: expected, faults: [] });
});

test('empty lines do not shift the numbers of rows', () => {
  const { faults } = readTable('name,email,roles\n,,\n甲,a@example.org,teacher\n\n乙,no address,teacher\n');
  expect(faults).toEqual([
    { row: 5, column: 'email', heading: 'email', fault: 'email', value: 'no address' },
  ]);
});

test('what is wrong is told of columns as the file calls them', () => {
  const { faults } = readTable('角色,姓名,电子邮箱\n校长,,no address\n');
  expect(faults.map(({ heading }) => heading)).toEqual(['姓名', '电子邮箱', '角色']);
});

test('a quote that stays open is told by the row in which it was opened', () => {
  const table =
    '姓名,邮箱,角色\r\n甲,a@example.org,教师\r\n"乙,b@example.org,教师\r\n丙,c@example.org,教师\r\n';
  expect(() => readTable(table)).toThrow(
    expect.objectContaining({ type: 'members/csv-unreadable', values: { reason: 'broken', row: 3 } }),
  );
});

test('what Chinese Windows writes is understood as what it says', () => {
  expect(decodeTable(Buffer.from('d0d5c3fb', 'hex'))).toBe('姓名');
  expect(decodeTable(Buffer.from('姓名'))).toBe('姓名');
});

test('what is written reads back as it was, and no cell begins as a formula does', () => {
  const name = fc
    .stringMatching(/^[=+@a-z张伟,"'-]{1,20}$/)
    .filter((text) => text.trim() !== '' && !text.startsWith("'"));
  const people = fc.uniqueArray(
    fc.record({
      name,
      email: fc.stringMatching(/^[a-z]{1,8}$/).map((text) => `${text}@example.org`),
      roles: fc.subarray([...organisationRoles], { minLength: 1 }),
    }),
    { selector: ({ email }) => email, minLength: 1 },
  );
  fc.assert(
    fc.property(people, fc.constantFrom(...languages), (members, language) => {
      const table = writeTable(members, language);
      const cells: string[][] = parse(table, { bom: true });
      expect(cells.flat().filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
      const { rows, faults } = readTable(table);
      expect(faults).toEqual([]);
      expect(rows.map(({ name, email, roles }) => ({ name, email, roles }))).toEqual(members);
    }),
  );
});
