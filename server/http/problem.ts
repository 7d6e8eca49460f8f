import type { Language, ProblemBody, Said } from './contract.ts';

/** A title for every status that a problem may have, so that a new one does not compile without. */
const titles = {
  400: { 'zh-CN': '请求有误', en: 'Bad request' },
  401: { 'zh-CN': '需要登录', en: 'Sign in needed' },
  403: { 'zh-CN': '没有权限', en: 'Not allowed' },
  404: { 'zh-CN': '没有找到', en: 'Not found' },
  405: { 'zh-CN': '不支持该方法', en: 'Method not allowed' },
  408: { 'zh-CN': '请求超时', en: 'Too slow' },
  409: { 'zh-CN': '有冲突', en: 'Conflict' },
  410: { 'zh-CN': '已撤下', en: 'Gone' },
  412: { 'zh-CN': '内容已被修改', en: 'Changed meanwhile' },
  413: { 'zh-CN': '内容过大', en: 'Too large' },
  415: { 'zh-CN': '类型不支持', en: 'Unsupported type' },
  416: { 'zh-CN': '范围无效', en: 'Range not satisfiable' },
  422: { 'zh-CN': '内容无法处理', en: 'Cannot be processed' },
  423: { 'zh-CN': '正被占用', en: 'In use' },
  429: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
  431: { 'zh-CN': '请求头过大', en: 'Headers too large' },
  460: { 'zh-CN': '校验和不符', en: 'Checksum differs' },
  500: { 'zh-CN': '服务出错', en: 'Server error' },
  501: { 'zh-CN': '不提供此功能', en: 'Not offered' },
  503: { 'zh-CN': '暂时无法服务', en: 'Unavailable' },
  507: { 'zh-CN': '空间不足', en: 'Out of space' },
} as const satisfies Record<number, Said>;
type Status = keyof typeof titles;

type Says<Values> = Record<Language, (values: Values) => string>;

interface Declaration<Values> {
  /** Stable, `room/what-happened`. */
  type: string;
  /** HTTP status. */
  status: Status;
  /** One sentence a language: what happened, and what to do next. */
  says: Says<Values>;
  /** The fields of the request that it is about, if it is: told in `errors`, each with the sentence. */
  fields?: (values: Values) => readonly Field[];
}

/** Part of a request (`body`, `query`, …) and the path inside of it. */
type Field = Readonly<{ in: string; field: string }>;

/** Something that can go wrong and was foreseen. The error handler turns it into problem+json (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: string;
  readonly status: Status;
  readonly values: Readonly<Record<string, unknown>>;
  readonly #says: Record<Language, string>;
  readonly #fields: readonly Field[];

  constructor(
    type: string,
    status: Status,
    says: Record<Language, string>,
    values: object,
    fields: readonly Field[] = [],
  ) {
    super(says.en);
    this.type = type;
    this.status = status;
    this.values = { ...values };
    this.#says = says;
    this.#fields = fields;
  }

  /** The body that is sent; the values of the sentence travel with it, for programs. */
  toBody(language: Language): ProblemBody {
    const detail = this.#says[language];
    return {
      ...this.values,
      type: `/api/problems/${this.type}`,
      title: titles[this.status][language],
      status: this.status,
      detail,
      ...(this.#fields.length > 0 && { errors: this.#fields.map((one) => ({ ...one, message: detail })) }),
    };
  }
}

const declared = new Map<string, Declaration<never>>();

/** Declares a problem once; gives the function that makes it. A language that is missing does not compile. */
export function defineProblem<Values extends object = Record<never, never>>(
  declaration: Declaration<Values>,
): (values: Values) => Problem {
  if (declared.has(declaration.type)) throw new Error(`The problem ${declaration.type} is declared twice`);
  declared.set(declaration.type, declaration as Declaration<never>);
  return (values) =>
    new Problem(
      declaration.type,
      declaration.status,
      { 'zh-CN': declaration.says['zh-CN'](values), en: declaration.says.en(values) },
      values,
      declaration.fields?.(values),
    );
}

/** Every problem that the loaded features declare, for the API reference and its test. */
export function declaredProblems(): { type: string; status: number; says: Says<never> }[] {
  return [...declared.values()].sort((a, b) => a.type.localeCompare(b.type));
}
