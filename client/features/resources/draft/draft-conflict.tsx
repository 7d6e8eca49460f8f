import { useQuery } from '@tanstack/react-query';
import { ConflictView } from '../../../components/conflict-view.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { FieldName } from './description.ts';
import { draftTexts } from './i18n.ts';
import { newestChangesQuery } from './queries.ts';
import type { DraftInHand } from './use-draft.ts';

interface Props {
  resource: string;
  draft: DraftInHand;
  /** A value in words: codes become labels. */
  wordsOf: (name: FieldName, value: unknown) => string;
}

/** The fields of a draft that somebody else has changed, too; nothing when there are none. */
export function DraftConflict({ resource, draft: { conflict, values, resolve }, wordsOf }: Props) {
  const t = useTexts(draftTexts);
  const { data: changes = [] } = useQuery({
    ...newestChangesQuery(resource, conflict?.revision ?? 0),
    enabled: conflict !== undefined,
  });
  if (!conflict) return null;
  const { theirs, fields } = conflict;
  const byOf = (name: FieldName) => {
    const last = changes.find((change) => change.changes.some(({ field }) => field === name));
    return last && { name: last.by.name, at: last.at };
  };
  return (
    <ConflictView
      clashes={fields.map((name) => ({
        name,
        label: t(`field.${name}`),
        mine: wordsOf(name, values[name]),
        theirs: wordsOf(name, theirs[name]),
        by: byOf(name),
      }))}
      onResolve={resolve}
    />
  );
}
