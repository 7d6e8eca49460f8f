import { defineProblem } from '../http/index.ts';

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
  says: {
    'zh-CN': ({ code }) => `代码 ${code} 已被使用，请换一个，或修改已有术语。`,
    en: ({ code }) => `The code ${code} is taken; choose another, or edit the term that has it.`,
  },
});

export const noSuchParent = defineProblem<{ code: string }>({
  type: 'vocabularies/no-such-parent',
  status: 422,
  says: {
    'zh-CN': ({ code }) => `没有上级术语 ${code}，请先建立它。`,
    en: ({ code }) => `There is no term ${code} to stand below; add it first.`,
  },
});

export const circle = defineProblem<{ code: string }>({
  type: 'vocabularies/circle',
  status: 422,
  says: {
    'zh-CN': ({ code }) => `术语 ${code} 不能位于自身或其下级之下，请选择另一个上级。`,
    en: ({ code }) => `The term ${code} cannot stand below itself; choose another place.`,
  },
});

export const closedVocabulary = defineProblem<{ key: string }>({
  type: 'vocabularies/closed',
  status: 409,
  says: {
    'zh-CN': ({ key }) => `词表 ${key} 的代码是固定的，只能修改名称和同义词。`,
    en: ({ key }) => `The codes of ${key} are fixed; only labels and synonyms may change.`,
  },
});

export const cannotMerge = defineProblem<{ from: string; into: string }>({
  type: 'vocabularies/cannot-merge',
  status: 422,
  says: {
    'zh-CN': ({ from, into }) =>
      `不能把 ${from} 并入 ${into}：目标须是同一词表中在用的其他术语，且不在其下级。`,
    en: ({ from, into }) =>
      `${from} cannot be merged into ${into}: choose another term in use, of the same vocabulary and not below it.`,
  },
});

export const unreadableCsv = defineProblem<{ reason: string }>({
  type: 'vocabularies/unreadable-csv',
  status: 422,
  says: {
    'zh-CN': ({ reason }) => `无法读取 CSV（${reason}）。请以导出的文件为样式，用 UTF-8 保存。`,
    en: ({ reason }) =>
      `The CSV cannot be read (${reason}). Take an exported file as the pattern, saved as UTF-8.`,
  },
});
