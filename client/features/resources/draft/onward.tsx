import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { isBlank } from '../../../../server/http/contract.ts';
import { goToField } from '../../../components/field.tsx';
import { SaveState } from '../../../components/save-state.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { Checklist, type Lacking, LackingSum } from './checklist.tsx';
import { contradicts } from './choices.ts';
import { type FieldName, lacksReaders } from './description.ts';
import { Discard } from './discard.tsx';
import { draftTexts } from './i18n.ts';
import styles from './onward.module.css';
import { type Resource, usePublish, useStep } from './queries.ts';
import type { DraftInHand } from './use-draft.ts';
import type { Removal } from './use-removal.ts';

interface Props {
  resource: Resource;
  draft: DraftInHand;
  removal: Removal;
  /** Files that are still on their way. */
  uploading: number;
}

/** What is missing, whether everything is saved, and the way onward. On phones the way stays in reach. */
export function Onward({ resource, draft, removal, uploading }: Props) {
  const t = useTexts(draftTexts);
  const navigate = useNavigate();
  const step = useStep(resource.id);
  const publish = usePublish(resource.id);
  const lacking = lackingIn(resource, draft);
  const forMyself = draft.values.audience.scope === 'self' && resource.can.includes('publish');
  const ready = !lacking.some(({ needed }) => needed) && uploading === 0 && draft.phase === 'saved';

  // Under review there is no way onward: what could still be done before is past.
  if (!draft.editable && draft.phase === 'saved') return null;

  async function onward() {
    await removal.finish();
    const done = (text: string) => {
      say(text);
      navigate('/mine');
    };
    if (forMyself) publish.mutate('', { onSuccess: () => done(t('publish.done')) });
    else step.mutate('submit', { onSuccess: () => done(t('submit.done')) });
  }

  return (
    <aside className={styles.side} aria-label={t('check.title')}>
      <div className={styles.list}>
        <h2 className={styles.title}>{t('check.title')}</h2>
        <Checklist lacking={lacking} uploading={uploading} />
      </div>
      <div className={styles.onward}>
        <div className={styles.state}>
          <SaveState saving={draft} />
          {lacking[0] && (
            <button type="button" className={styles.lacks} onClick={() => goToField(lacking[0]?.field ?? '')}>
              <LackingSum lacking={lacking} />
            </button>
          )}
        </div>
        {(step.error ?? publish.error) && (
          <p role="alert" className={styles.error}>
            {(step.error ?? publish.error)?.message}
          </p>
        )}
        {resource.can.includes('submit') && (
          <Button
            type="primary"
            size="large"
            disabled={!ready}
            loading={step.isPending || publish.isPending}
            onClick={() => void onward()}
          >
            {forMyself ? t('submit.self') : t('submit')}
          </Button>
        )}
      </div>
      {resource.can.includes('edit') && (
        <div className={styles.discard}>
          <Discard resource={resource} />
        </div>
      )}
    </aside>
  );
}

/** What the server misses, with what has been typed since taken into account. */
function lackingIn(resource: Resource, { values }: DraftInHand): Lacking[] {
  const isEmpty = (name: string) => {
    const value: unknown = values[name as FieldName];
    if (typeof value === 'string') return isBlank(value);
    return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  };
  const known: Lacking[] = (resource.missing ?? []).filter(
    ({ field }) => !(field in values) || isEmpty(field),
  );
  if (lacksReaders(values)) known.push({ field: 'audience', needed: true });
  if (contradicts(values)) known.push({ field: 'licence', needed: false });
  return isBlank(values.title) ? [{ field: 'title', needed: true }, ...known] : known;
}
