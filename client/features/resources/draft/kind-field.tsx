import { Select } from 'antd';
import type { Kind } from '../../../api/words.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Field } from '../../../components/field.tsx';
import { KindIcon, KindMark } from '../../../components/kind-mark.tsx';
import { say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { kinds } from './choices.ts';
import { same } from './description.ts';
import { FromFile } from './from-file.tsx';
import { draftTexts } from './i18n.ts';
import type { Resource } from './queries.ts';
import type { DraftInHand } from './use-draft.ts';

interface Props {
  resource: Resource;
  draft: DraftInHand;
}

/** Until the first version its author says what kind of resource it is; later nobody does. */
export function KindField({ resource, draft, remark }: Props & { remark: string | undefined }) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const choose = useChooseKind(draft);
  if (resource.version !== null) return null;
  return (
    <Field
      name="kind"
      label={t('field.kind')}
      hint={t('field.kind.hint')}
      error={draft.errors.kind}
      remark={remark}
      mark={draft.read.includes('kind') && <FromFile />}
    >
      {(ids) => (
        <ChoiceCards
          {...ids}
          choices={kinds.map((value) => ({
            value,
            label: words(`kind.${value}`),
            detail: t(`kind.${value}`),
            icon: <KindIcon kind={value} />,
          }))}
          value={draft.values.kind}
          disabled={!draft.editable}
          onChange={choose}
        />
      )}
    </Field>
  );
}

/** The same choice in a row of a table. */
export function KindSelect({ resource, draft }: Props) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const choose = useChooseKind(draft);
  const { kind, title } = draft.values;
  if (resource.version !== null || !draft.editable) return <KindMark kind={kind} />;
  return (
    <Select<Kind>
      size="small"
      aria-label={`${t('field.kind')}：${title}`}
      value={kind}
      options={kinds.map((value) => ({ value, label: words(`kind.${value}`) }))}
      onChange={choose}
    />
  );
}

/** Another kind has no place for the part of the present one; what was written there can be brought back. */
function useChooseKind({ values, set }: DraftInHand): (kind: Kind) => void {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  return (kind) => {
    const before = values.kind;
    const part = values[before];
    set('kind', kind);
    if (same(part, undefined)) return;
    say(t('kind.dropped', { kind: words(`kind.${kind}`), part: t(`field.${before}`) }), {
      label: words('undo'),
      run: () => {
        set('kind', before);
        set(before, part);
      },
    });
  };
}
