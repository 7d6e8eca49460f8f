/** Facts that programs keep before a Markdown text, by name. */
export interface FrontMatter {
  readonly facts: ReadonlyMap<string, string>;
  /** The text itself. */
  readonly rest: string;
}

const block = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
/** Lines of YAML as it is written there: a name with a value, or what goes on with the value above. */
const named = /^([\p{L}\p{N}_][\p{L}\p{N}_ .-]*):(?:\s+(.*))?$/u;
const goingOn = /^(?:\s+|-\s)(.*)$/;

/** The facts before a Markdown text. What only stands between two lines, and is none, stays in the text. */
export function frontMatterIn(text: string): FrontMatter {
  const none = { facts: new Map<string, string>(), rest: text };
  const [whole = '', inner = ''] = block.exec(text) ?? [];
  const facts = new Map<string, string>();
  let last: string | undefined;
  for (const line of inner.split(/\r?\n/)) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, name, value = ''] = named.exec(line) ?? [];
    const [, more] = goingOn.exec(line) ?? [];
    if (name !== undefined) facts.set(name, plain(value));
    else if (last !== undefined && more !== undefined)
      facts.set(last, [facts.get(last), plain(more)].filter(Boolean).join(', '));
    else return none;
    last = name ?? last;
  }
  return facts.size > 0 ? { facts, rest: text.slice(whole.length) } : none;
}

/** A value without the marks of YAML around it: quotes, the brackets of a list, what tells that text follows. */
const plain = (value: string): string =>
  value
    .trim()
    .replace(/^-\s+/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^[|>][+-]?$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
