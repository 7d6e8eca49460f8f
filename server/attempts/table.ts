import { stringify } from 'csv-stringify/sync';
import { Duration } from 'luxon';
import type { Language } from '../http/index.ts';
import type { Reached } from './contract.ts';
import type { MemberResult } from './results.ts';

/** Results as a table that spreadsheets open. */

interface Words {
  columns: readonly string[];
  completion: Record<Reached['completion'], string>;
  success: Record<Reached['success'], string>;
}

const words: Record<Language, Words> = {
  'zh-CN': {
    columns: [
      '成员',
      '成员单位',
      '课件',
      '章节',
      '打开次数',
      '完成',
      '通过',
      '得分',
      '用时',
      '首次学习',
      '最近学习',
    ],
    completion: { incomplete: '未完成', completed: '已完成' },
    success: { unknown: '', passed: '已通过', failed: '未通过' },
  },
  en: {
    columns: [
      'Member',
      'Organisation',
      'Package',
      'Part',
      'Times opened',
      'Completion',
      'Success',
      'Score',
      'Time spent',
      'First activity',
      'Last activity',
    ],
    completion: { incomplete: 'incomplete', completed: 'completed' },
    success: { unknown: '', passed: 'passed', failed: 'failed' },
  },
};

/** Days are those of China, where the group is; the form is one that spreadsheets take for a moment. */
const moment = new Intl.DateTimeFormat('sv', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The heading, with a byte order mark. */
export const tableHead = (language: Language): string =>
  stringify([[...words[language].columns]], { bom: true });

/** Rows of the table; no cell is taken for a formula. */
export function tableRows(results: readonly MemberResult[], language: Language): string {
  const { completion, success } = words[language];
  return stringify(
    results.map(({ person, file, title, item, reached, startedAt, updatedAt }) => [
      person.name,
      person.organisation.name,
      file,
      title || item,
      reached.openings,
      completion[reached.completion],
      success[reached.success],
      reached.score ?? '',
      Duration.fromObject({ seconds: Math.round(reached.seconds) }).toFormat('h:mm:ss'),
      moment.format(startedAt),
      moment.format(updatedAt),
    ]),
    { escape_formulas: true },
  );
}
