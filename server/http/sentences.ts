import type { z } from 'zod';
import type { Language, Said } from './contract.ts';

/**
 * What is wrong with a value, for who wrote it: what to do, without words of programmers. Short, because they stand at
 * a field or behind its name.
 */

const missing: Said = { 'zh-CN': '请填写', en: 'fill it in' };
const misfit: Said = {
  'zh-CN': '形式不符，请对照 /api/docs 修改',
  en: 'not of the right form; see /api/docs',
};

/** For the rules of our own, by the word that the contract gives as its error. */
const ownSentences: Record<string, Said> = {
  id: { 'zh-CN': '不是有效的标识', en: 'not an identifier' },
  broken: {
    'zh-CN': '含有损坏的字符（�），请重新输入',
    en: 'has characters that broke on their way (�); write it again',
  },
  invisible: { 'zh-CN': '没有可见的文字，请填写', en: 'nothing of it can be seen; write something' },
  unprintable: { 'zh-CN': '含有不可见字符，请删除', en: 'has invisible characters; remove them' },
  language: { 'zh-CN': '不是语言代码，例如 zh-CN', en: 'not a language code such as zh-CN' },
  isbn: { 'zh-CN': '不是有效的 13 位 ISBN', en: 'not an ISBN of 13 digits' },
  path: { 'zh-CN': '不是安全的文件路径', en: 'not a safe file path' },
  organisations: { 'zh-CN': '请至少选择一个成员单位', en: 'name at least one organisation' },
  code: {
    'zh-CN': '不能作代码：以字母或数字开头，只用字母、数字和 . _ + -，最多 64 个字符',
    en: 'cannot be a code: it begins with a letter or digit and has letters, digits and . _ + - only, 64 at most',
  },
  vocabulary: { 'zh-CN': '不是词表的标识，例如 majors', en: 'not the key of a vocabulary such as majors' },
  section: {
    'zh-CN': '只用小写字母、数字和连字符，最多 40 个字符',
    en: 'use lower-case letters, digits and hyphens only, 40 at most',
  },
  repeated: {
    'zh-CN': '分区的标识有重复，请改为互不相同',
    en: 'two sections have the same id; give each its own',
  },
  mediaType: {
    'zh-CN': '不是文件类型，例如 application/pdf 或 video',
    en: 'not a media type such as application/pdf or video',
  },
  year: { 'zh-CN': '请填写四位数的年份，例如 2026', en: 'give a year of four digits such as 2026' },
  sha256: {
    'zh-CN': '不是 SHA-256：须为 64 位十六进制小写数字',
    en: 'not a SHA-256 of 64 lower-case hexadecimal digits',
  },
  period: { 'zh-CN': '开始日期不能晚于结束日期', en: 'the first day cannot be after the last' },
};

/** What to give instead of a value of another type. */
const ofType: Record<string, Said> = {
  string: { 'zh-CN': '请填写文字', en: 'give a text' },
  number: { 'zh-CN': '请填写数字', en: 'give a number' },
  int: { 'zh-CN': '请填写整数', en: 'give a whole number' },
  boolean: { 'zh-CN': '请填写 true 或 false', en: 'give true or false' },
  array: { 'zh-CN': '请给出列表', en: 'give a list' },
  object: { 'zh-CN': '请给出 JSON 对象', en: 'give a JSON object' },
  record: { 'zh-CN': '请给出 JSON 对象', en: 'give a JSON object' },
  null: { 'zh-CN': '只能是 null', en: 'can be null only' },
  date: {
    'zh-CN': '请填写时刻，例如 2026-03-01T08:00:00Z',
    en: 'give a moment such as 2026-03-01T08:00:00Z',
  },
};

const ofFormat: Record<string, Said> = {
  email: {
    'zh-CN': '请填写有效的邮箱，例如 name@example.org',
    en: 'give an e-mail address such as name@example.org',
  },
  url: {
    'zh-CN': '请填写完整的网址，例如 https://example.org',
    en: 'give a whole address such as https://example.org',
  },
  date: { 'zh-CN': '请填写日期，例如 2026-03-01', en: 'give a date such as 2026-03-01' },
  datetime: ofType.date ?? misfit,
};

/** Choices that a sentence can list. */
const mostListed = 16;

/** What a value has too little or too much of. */
type Bounded = { origin: string; inclusive?: boolean | undefined };

/** The sentence in which our own rules and those of the standard library's names tell what to do with a value. */
export function sentenceFor(issue: z.core.$ZodRawIssue, language: Language): string {
  return saidOf(issue)[language];
}

/** The sentence for a rule of our own, when the contract named one by its word. */
export const ownSentence = (word: string, language: Language): string | undefined =>
  ownSentences[word]?.[language];

function saidOf(issue: z.core.$ZodRawIssue): Said {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? missing : (ofType[issue.expected] ?? misfit);
    case 'invalid_format':
      return ofFormat[issue.format] ?? misfit;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      return atLeast(issue, Number(issue.minimum));
    case 'too_big':
      return atMost(issue, Number(issue.maximum));
    case 'not_multiple_of':
      return { 'zh-CN': `须为 ${issue.divisor} 的倍数`, en: `give a multiple of ${issue.divisor}` };
    case 'unrecognized_keys':
      return { 'zh-CN': '没有这一项，请删除', en: 'not known here; remove it' };
    default:
      return misfit;
  }
}

function oneOf(choices: readonly string[]): Said {
  if (choices.length > mostListed)
    return { 'zh-CN': '没有这个选项，请对照 /api/docs 选择', en: 'not one of the choices; see /api/docs' };
  return { 'zh-CN': `只能是 ${choices.join('、')}`, en: `choose from ${choices.join(', ')}` };
}

function atLeast({ origin, inclusive = true }: Bounded, least: number): Said {
  switch (origin) {
    case 'string':
      return least === 1
        ? missing
        : { 'zh-CN': `至少 ${least} 个字符`, en: `use ${least} characters or more` };
    case 'array':
    case 'set':
      return { 'zh-CN': `请至少给出 ${least} 项`, en: `name ${least} or more` };
    case 'file':
      return { 'zh-CN': `文件至少 ${least} 字节`, en: `give a file of ${least} bytes or more` };
    default:
      return inclusive
        ? { 'zh-CN': `不能小于 ${least}`, en: `give ${least} or more` }
        : { 'zh-CN': `须大于 ${least}`, en: `give more than ${least}` };
  }
}

function atMost({ origin, inclusive = true }: Bounded, most: number): Said {
  switch (origin) {
    case 'string':
      return { 'zh-CN': `最多 ${most} 个字符，请缩短`, en: `shorten it to ${most} characters` };
    case 'array':
    case 'set':
      return { 'zh-CN': `最多 ${most} 项，请减少`, en: `name ${most} at most` };
    case 'file':
      return { 'zh-CN': `文件最多 ${most} 字节`, en: `give a file of ${most} bytes at most` };
    default:
      return inclusive
        ? { 'zh-CN': `不能大于 ${most}`, en: `give ${most} or less` }
        : { 'zh-CN': `须小于 ${most}`, en: `give less than ${most}` };
  }
}
