import type { Kind } from '../../../api/words.ts';
import { CoursewarePart } from './courseware-part.tsx';
import type { PartProps } from './part.ts';
import { TextbookPart } from './textbook-part.tsx';
import { XrPart } from './xr-part.tsx';

/** What only one kind of resource tells. */
export function KindPart({ kind, ...rest }: PartProps & { kind: Kind }) {
  if (kind === 'courseware') return <CoursewarePart {...rest} />;
  if (kind === 'textbook') return <TextbookPart {...rest} />;
  return <XrPart {...rest} />;
}
