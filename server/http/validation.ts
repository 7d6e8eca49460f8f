import type { Request } from 'express';
import { z } from 'zod';
import type { EndpointDefinition, Language } from './contract.ts';
import { invalidRequest, wrongContentType } from './problems.ts';

const standardWords = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** Sentences for the rules of our own, by the word that the contract gives as its error. */
const ownWords: Record<string, Record<Language, string>> = {
  id: { 'zh-CN': '不是有效的标识', en: 'not an identifier' },
  invisible: { 'zh-CN': '没有可见的文字，请填写', en: 'nothing of it can be seen; write something' },
  unprintable: { 'zh-CN': '含有不可见字符，请删除', en: 'has invisible characters; remove them' },
  language: { 'zh-CN': '不是语言代码，例如 zh-CN', en: 'not a language code such as zh-CN' },
  isbn: { 'zh-CN': '不是有效的 13 位 ISBN', en: 'not an ISBN of 13 digits' },
  path: { 'zh-CN': '不是安全的文件路径', en: 'not a safe file path' },
  organisations: { 'zh-CN': '请至少选择一个成员单位', en: 'name at least one organisation' },
};

/** An endpoint that declares no query takes none: a parameter that nobody reads is a mistake of who sent it. */
const noQuery = z.strictObject({});

type Fault = { in: string; field: string; message: string };

/**
 * Parses what came in by the endpoint's contract.
 * @throws invalidRequest that names every field at fault, in the language of the answer; wrongContentType
 */
export function parse(
  definition: EndpointDefinition,
  req: Request,
  language: Language,
): [unknown, unknown, unknown] {
  const faults: Fault[] = [];
  const { consumes = 'application/json' } = definition;
  const takesBody = definition.body !== undefined || definition.consumes !== undefined;
  // A body of another type is read by nobody: to go on would be to answer that it was saved.
  if (takesBody && hasBody(req) && !req.is(consumes)) throw wrongContentType({ wanted: consumes });
  const isJson = consumes === 'application/json';
  const params = read('params', definition.params, flattened(req.params));
  const query = read('query', definition.query ?? noQuery, req.query);
  const body = isJson ? read('body', definition.body, req.body ?? {}) : undefined;
  if (faults.length > 0) throw invalidRequest({ errors: faults });
  return [params, query, body];

  function read(part: string, shape: z.ZodType | undefined, value: unknown): unknown {
    if (!shape) return undefined;
    const result = shape.safeParse(value, { error: (issue) => standardWords[language](issue) });
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues.flatMap(leaves))
      faults.push({ in: part, field: path.join('.'), message: ownWords[message]?.[language] ?? message });
    return undefined;
  }
}

/** Whether there is a byte to read; an empty body needs no type. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

type Leaf = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** An issue by the fields at fault. Of several shapes that a value may have, the one that it misses least is meant. */
function leaves(issue: z.core.$ZodIssue): Leaf[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message }));
  if (issue.code !== 'invalid_union') return [{ path, message }];
  const [meant] = issue.errors.map((some) => some.flatMap(leaves)).sort((a, b) => a.length - b.length);
  return meant?.map((leaf) => ({ ...leaf, path: [...path, ...leaf.path] })) ?? [{ path, message }];
}

/** A wildcard parameter arrives as a list of segments. */
function flattened(params: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]),
  );
}
