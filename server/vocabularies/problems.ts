import type { Said } from '../http/contract.ts';
import { defineProblem } from '../http/index.ts';
import { termColumns } from './contract.ts';

export const noSuchVocabulary = defineProblem<{ key: string }>({
  type: 'vocabularies/no-such-vocabulary',
  status: 404,
  says: {
    'zh-CN': ({ key }) => `没有词表 ${key}，请从词表列表中选择。`,
    en: ({ key }) => `There is no vocabulary ${key}; choose one of the list.`,
  },
});

export const codeTaken = defineProblem<{ code: string }>({
  type: 'vocabularies/code-taken',
  status: 409,
  fields: () => [{ in: 'body', field: 'code' }],
  says: {
    'zh-CN': ({ code }) => `代码 ${code} 已被使用，请换一个，或修改已有术语。`,
    en: ({ code }) => `The code ${code} is taken; choose another, or edit the term that has it.`,
  },
});

export const noSuchParent = defineProblem<{ code: string }>({
  type: 'vocabularies/no-such-parent',
  status: 422,
  fields: () => [{ in: 'body', field: 'parent' }],
  says: {
    'zh-CN': ({ code }) => `没有上级术语 ${code}，请先建立它。`,
    en: ({ code }) => `There is no term ${code} to stand below; add it first.`,
  },
});

export const circle = defineProblem<{ code: string }>({
  type: 'vocabularies/circle',
  status: 422,
  fields: () => [{ in: 'body', field: 'parent' }],
  says: {
    'zh-CN': ({ code }) => `术语 ${code} 不能位于自身或其下级之下，请选择另一个上级。`,
    en: ({ code }) => `The term ${code} cannot stand below itself; choose another place.`,
  },
});

export const closedVocabulary = defineProblem<{ key: string; labels: Said }>({
  type: 'vocabularies/closed',
  status: 409,
  says: {
    'zh-CN': ({ labels }) => `词表“${labels['zh-CN']}”的代码是固定的，只能修改名称和同义词。`,
    en: ({ labels }) => `The codes of “${labels.en}” are fixed; only labels and synonyms may change.`,
  },
});

export const cannotMerge = defineProblem<{ from: string; into: string }>({
  type: 'vocabularies/cannot-merge',
  status: 422,
  fields: () => [{ in: 'body', field: 'into' }],
  says: {
    'zh-CN': ({ from, into }) =>
      `不能把 ${from} 并入 ${into}：目标须是同一词表中在用的其他术语，且不在其下级。`,
    en: ({ from, into }) =>
      `${from} cannot be merged into ${into}: choose another term in use, of the same vocabulary and not below it.`,
  },
});

const columnsToUse = termColumns.join(', ');

export const unreadableCsv = defineProblem<{
  reason: 'empty' | 'broken' | 'no-code' | 'unknown-columns' | 'columns-twice';
  /** Headings at fault. */
  columns?: string[];
  row?: number;
}>({
  type: 'vocabularies/unreadable-csv',
  status: 422,
  says: {
    'zh-CN': ({ reason, columns = [], row = 1 }) =>
      ({
        empty: '文件中没有术语，请在列名下面至少填写一行。',
        broken: `第 ${row} 行不是有效的 CSV，请检查引号和分隔符。`,
        'no-code': '第一行须为列名，其中须有 code。请以导出的文件为样式。',
        'unknown-columns': `没有名为 ${columns.join('、')} 的列，什么都没有改。可用的列名：${columnsToUse}。`,
        'columns-twice': `列名 ${columns.join('、')} 重复，请只保留一列。`,
      })[reason],
    en: ({ reason, columns = [], row = 1 }) =>
      ({
        empty: 'There are no terms in the file; fill in at least one row below the headings.',
        broken: `Row ${row} is not valid CSV; check quotes and separators.`,
        'no-code':
          'The first row has to name the columns, code among them. Take an exported file as the pattern.',
        'unknown-columns': `There is no column ${columns.join(', ')}; nothing has been changed. Columns are ${columnsToUse}.`,
        'columns-twice': `The column ${columns.join(', ')} is there twice; leave one of them.`,
      })[reason],
  },
});
