import { BSONRegExp, BSONSymbol } from 'bson';
import type { Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';

const cache = new Map<string, RegExp>();

/** PCRE's inline options at the start, `(?i)`, are the only common syntax that JavaScript lacks. */
function translate(pattern: string, options: string): RegExp {
  let flags = options;
  let source = pattern;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline?.[1]) {
    flags += inline[1];
    source = source.slice(inline[0].length);
  }
  if (flags.includes('x'))
    source = source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
  source = source
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?<([=!])/g, '(?<$1')
    .replace(/\(\?P</g, '(?<');
  const kept = [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join('');
  try {
    return new RegExp(source, `${kept}u`);
  } catch {
    return new RegExp(source, kept);
  }
}

/** A compiled regular expression. @throws CommandError 51091 when the pattern is not valid */
export function compileRegex(pattern: string, options: string): RegExp {
  const bad = [...options].find((flag) => !'imsxlu'.includes(flag));
  if (bad) throw new CommandError(51108, `invalid flag in regex options: ${bad}`);
  const id = `${options}/${pattern}`;
  const known = cache.get(id);
  if (known) return known;
  try {
    const made = translate(pattern, options);
    if (cache.size > 500) cache.clear();
    cache.set(id, made);
    return made;
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** A test that holds for texts that match, and for an equal regular expression. */
export function regexTest(value: BSONRegExp): (value: Value) => boolean {
  const regex = compileRegex(value.pattern, value.options);
  return (candidate) => {
    if (typeof candidate === 'string') return regex.test(candidate);
    if (candidate instanceof BSONSymbol) return regex.test(candidate.value);
    return (
      candidate instanceof BSONRegExp &&
      candidate.pattern === value.pattern &&
      candidate.options === value.options
    );
  };
}
