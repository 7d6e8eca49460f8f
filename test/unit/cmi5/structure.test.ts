import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCourse, unitsOf, wordsIn } from '../../../server/cmi5/structure.ts';
import { courseXml, units } from '../../http/pack-cmi5.ts';

test('a course is read with its blocks and units; parts of vendors are passed over', () => {
  const course = readCourse(courseXml());
  expect(course.id).toBe('https://example.org/lathe');
  expect(wordsIn(course.title, 'zh-CN')).toBe('车床操作');
  expect(wordsIn(course.title, 'en')).toBe('Running a lathe');
  expect(wordsIn(course.title, 'de')).toBe('车床操作');
  expect(unitsOf(course)).toMatchObject([
    {
      id: units.theory,
      url: 'lesson/index.html?page=1&look=big',
      moveOn: 'Completed',
      launchMethod: 'AnyWindow',
      launchParameters: 'slow=1',
      entitlementKey: 'k-1',
    },
    { id: units.exam, moveOn: 'CompletedAndPassed', masteryScore: 0.8, launchMethod: 'OwnWindow' },
    { id: units.elsewhere, moveOn: 'NotApplicable' },
  ]);
});

test('a prefix for the namespace of cmi5 changes nothing', () => {
  const xml = courseXml()
    .replaceAll(/<(\/?)([a-z]\w*)(?=[\s>])/gi, '<$1c:$2')
    .replace('xmlns=', 'xmlns:c=');
  expect(readCourse(xml)).toEqual(readCourse(courseXml()));
});

const faults: [says: string, xml: string, section: string][] = [
  ['no course structure', '<manifest/>', '14.0'],
  ['another namespace', courseXml().replace('/cmi5/v1/', '/cmi5/v9/'), '14.0'],
  ['no XML at all', '{"course": 1}', '14.0'],
  ['an id that is no IRI', courseXml().replace(`"${units.exam}"`, '"example.org/exam"'), '13.1'],
  ['an id twice', courseXml().replace(`"${units.exam}"`, `"${units.theory}"`), '13.1'],
  ['an unknown moveOn', courseXml().replace('moveOn="Completed"', 'moveOn="Done"'), '13.1.4'],
  ['a masteryScore above 1', courseXml().replace('"0.8"', '"80"'), '13.1.4'],
  ['a parameter of the launch', courseXml().replace('?page=exam', '?actor=me'), '8.1'],
  ['an address with a space', courseXml().replace('?page=exam', '? page'), '13.1.4'],
  [
    'a block without units',
    courseXml(
      '<block id="https://example.org/b"><title><langstring>a</langstring></title><description><langstring>b</langstring></description></block>',
    ),
    '13.1',
  ],
  ['a million folds', courseXml('<block>'.repeat(100_000)), '14.0'],
];
for (const [says, xml, section] of faults)
  test(`${says} is refused with the section that says so`, () => {
    expect(() => readCourse(xml)).toThrow(new RegExp(`^${section.replaceAll('.', '\\.')}`));
  });

const checkout = process.env.CATAPULT_DIR;
describe('the course structures of adlnet/CATAPULT', () => {
  if (checkout === undefined) {
    test('left out, because CATAPULT_DIR names no checkout', () => {
      process.stderr.write('cmi5: left out. Set CATAPULT_DIR to a checkout of adlnet/CATAPULT.\n');
    });
    return;
  }
  test('are read, and those made to be refused are refused', async () => {
    const refused: string[] = [];
    for (const folder of ['course_examples', 'lts/pkg/src'])
      for (const file of await readdir(join(checkout, folder), { recursive: true })) {
        if (!file.endsWith('.xml')) continue;
        try {
          readCourse(await readFile(join(checkout, folder, file), 'utf8'));
        } catch {
          refused.push(file.split('/')[0] ?? file);
        }
      }
    // Those with a relative address are right inside of a zip (14.1), and 203 lacks the file: seen when it is opened.
    expect(refused.sort().map((name) => name.slice(0, 5))).toEqual([
      '201-1',
      '201-2',
      '201-3',
      '201-4',
      '204-q',
      '205-1',
      '205-2',
      '205-3',
      '206-1',
      '207-1',
    ]);
  });

  test('may have a thousand units (section 6.1)', async () => {
    const xml = await readFile(join(checkout, 'lts/pkg/src/101-one-thousand-aus.xml'), 'utf8');
    expect(unitsOf(readCourse(xml)).length).toBeGreaterThanOrEqual(1000);
  });
});
