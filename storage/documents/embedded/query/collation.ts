import type { TextOrder } from '../bson/compare.ts';
import type { TextKey } from '../bson/key.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';

/** How texts are compared: the part of a collation document that matters, ready for use. */
export interface Collation {
  /** Equal collations have equal ids. */
  id: string;
  order: TextOrder;
  /** Equal texts, and they alone, have equal keys; keys have no order. */
  key: TextKey;
  spec: Doc;
}

const known = new Map<string, Collation>();

function strengthOf(spec: Doc): number {
  const value = spec.get('strength');
  return isNumeric(value) ? toDouble(value) : 3;
}

/** What is left of a text when the differences that a strength ignores are taken away. */
function fold(text: string, strength: number, caseLevel: boolean): string {
  let folded = text.normalize('NFKD');
  if (strength < 2) folded = folded.replace(/\p{M}+/gu, '');
  if (strength < 3 && !caseLevel) folded = folded.toLowerCase().replace(/ß/g, 'ss');
  return folded;
}

function sensitivity(strength: number, caseLevel: boolean): 'base' | 'case' | 'accent' | 'variant' {
  if (strength === 1) return caseLevel ? 'case' : 'base';
  return strength === 2 ? 'accent' : 'variant';
}

/**
 * The collation of a command or index; undefined for the simple one, which is by code point.
 * @throws CommandError when the document is not a collation
 */
export function collationOf(value: Value): Collation | undefined {
  if (value === undefined || value === null) return undefined;
  if (!(value instanceof Map))
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'collation' is the wrong type, expected type 'object'",
    );
  const locale = value.get('locale');
  if (value.size === 0) return undefined;
  if (typeof locale !== 'string')
    throw new CommandError('MissingField', "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  const strength = strengthOf(value);
  const caseLevel = value.get('caseLevel') === true;
  const numeric = value.get('numericOrdering') === true;
  const caseFirst = value.get('caseFirst');
  const alternate = value.get('alternate');
  const id = [locale, strength, caseLevel, numeric, caseFirst ?? 'off', alternate ?? 'non-ignorable'].join(
    '/',
  );
  const made = known.get(id);
  if (made) return made;
  const collator = collatorFor(locale, {
    sensitivity: sensitivity(strength, caseLevel),
    numeric,
    ignorePunctuation: alternate === 'shifted',
    ...(caseFirst === 'upper' || caseFirst === 'lower' ? { caseFirst } : {}),
  });
  const order: TextOrder = (a, b) => (a === b ? 0 : collator.compare(a, b));
  const collation: Collation = {
    id,
    spec: value,
    order,
    key: (text) => Buffer.from(fold(text, strength, caseLevel)),
  };
  known.set(id, collation);
  return collation;
}

function collatorFor(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  const tag = locale.replace(/_/g, '-').replace(/@collation=(\w+)$/, '-u-co-$1');
  try {
    if (Intl.Collator.supportedLocalesOf([tag]).length > 0) return new Intl.Collator(tag, options);
  } catch (error) {
    throw new CommandError(
      'BadValue',
      `Field 'locale' is invalid in: { locale: "${locale}" }: ${(error as Error).message}`,
    );
  }
  throw new CommandError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
}
