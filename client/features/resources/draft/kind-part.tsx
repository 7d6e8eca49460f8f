import type { Kind } from '../../../api/words.ts';
import { CoursewarePart } from './courseware-part.tsx';
import type { Description, FieldName } from './description.ts';
import { TextbookPart } from './textbook-part.tsx';
import { XrPart } from './xr-part.tsx';

export interface PartProps {
  values: Description;
  set: <Name extends FieldName>(name: Name, value: Description[Name]) => void;
  disabled: boolean;
}

/** What only one kind of resource tells. */
export function KindPart({ kind, ...rest }: PartProps & { kind: Kind }) {
  if (kind === 'courseware') return <CoursewarePart {...rest} />;
  if (kind === 'textbook') return <TextbookPart {...rest} />;
  return <XrPart {...rest} />;
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
