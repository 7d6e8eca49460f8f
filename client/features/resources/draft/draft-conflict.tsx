import { ConflictView } from '../../../components/conflict-view.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { FieldName } from './description.ts';
import { draftTexts } from './i18n.ts';
import type { DraftInHand } from './use-draft.ts';

interface Props {
  draft: DraftInHand;
  /** A value in words: codes become labels. */
  wordsOf: (name: FieldName, value: unknown) => string;
}

/** The fields of a draft that somebody else has changed, too; nothing when there are none. */
export function DraftConflict({ draft: { conflict, values, resolve }, wordsOf }: Props) {
  const t = useTexts(draftTexts);
  if (!conflict) return null;
  const { theirs, fields } = conflict;
  return (
    <ConflictView
      clashes={fields.map((name) => ({
        name,
        label: t(`field.${name}`),
        mine: wordsOf(name, values[name]),
        theirs: wordsOf(name, theirs[name]),
      }))}
      onResolve={resolve}
    />
  );
}
