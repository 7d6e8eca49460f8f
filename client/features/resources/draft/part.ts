import type { Description, FieldName } from './description.ts';

/** What the form of a kind is given. */
export interface PartProps {
  values: Description;
  set: <Name extends FieldName>(name: Name, value: Description[Name]) => void;
  disabled: boolean;
  /** Sentences of the server, by field: `textbook.isbn`, `xr.tasks.0.title`. */
  errors: Partial<Record<string, string>>;
}

/** A part without what is empty; undefined when nothing is left. */
export function tidy<Part extends object>(part: Part): Part | undefined {
  const kept = Object.entries(part).filter(
    ([, value]) =>
      value !== undefined &&
      value !== '' &&
      value !== null &&
      !(Array.isArray(value) && value.length === 0) &&
      !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0),
  );
  return kept.length > 0 ? (Object.fromEntries(kept) as Part) : undefined;
}
