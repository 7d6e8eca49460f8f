import { Button, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { scopes } from '../../server/access/contract.ts';
import { Choice } from '../components/choice.tsx';
import { ChoiceCards } from '../components/choice-cards.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { controls } from '../components/i18n.ts';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { SaveState } from '../components/save-state.tsx';
import { say } from '../components/say.ts';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { Finder } from '../features/collections/editor/finder.tsx';
import { editorTexts } from '../features/collections/editor/i18n.ts';
import { ItemList } from '../features/collections/editor/item-list.tsx';
import { useDeleteSet } from '../features/collections/editor/queries.ts';
import { type SetInHand, useSet } from '../features/collections/editor/use-set.ts';
import { errorOfText, WrittenText } from '../features/collections/editor/written-text.tsx';
import type { Base, ResourceSet } from '../features/collections/queries.ts';
import { useOrganisations } from '../features/members/organisations/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import { SetConflict } from './edit/set-conflict.tsx';
import styles from './edit-set-page.module.css';

/** A collection or shelf while it is arranged; everything saves itself. */
export function EditSetPage({ base }: { base: Base }) {
  const { id = '' } = useParams();
  const t = useTexts(editorTexts);
  const { inHand, error, isPending, refetch } = useSet(base, id);
  const set = inHand?.set;
  return (
    <Page
      title={t(`edit.${base}`)}
      lead={inHand && <SaveState saving={inHand} />}
      actions={
        set && (
          <>
            <Delete base={base} set={set} />
            <LinkButton type="primary" to={`/${base}/${id}`}>
              {t('done')}
            </LinkButton>
          </>
        )
      }
    >
      {isPending && <ViewerSkeleton />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {inHand && set && (
        <div className={styles.desk}>
          <SetConflict inHand={inHand} />
          <div className={styles.work}>
            <About inHand={inHand} />
            <section className={styles.part}>
              <h2>{t('items')}</h2>
              <p className={styles.quiet}>{t('items.hint')}</p>
              {set.items.length === 0 && set.sections.length === 0 && (
                <NothingYet title={t('none')} hint={t(`none.hint.${base}`)} />
              )}
              <ItemList inHand={inHand} />
            </section>
          </div>
          <div className={styles.side}>
            <Finder inHand={inHand} />
          </div>
        </div>
      )}
    </Page>
  );
}

function About({ inHand }: { inHand: SetInHand }) {
  const t = useTexts(editorTexts);
  const words = useTexts(shell);
  const needed = useTexts(controls)('needed');
  const { set, write, errorAt } = inHand;
  const organisations = useOrganisations().options;
  /** Named organisations are wanted, and none is named yet. */
  const [isNaming, setIsNaming] = useState(false);
  const scope = isNaming ? 'organisations' : set.audience.scope;
  const named = set.audience.organisations ?? [];
  const hidden = set.items.filter(({ isHiddenFromSome }) => isHiddenFromSome).length;
  return (
    <section className={styles.part}>
      <h2>{t('about')}</h2>
      <Field label={t('title')} required error={errorOfText(inHand, { at: 'title' }, needed)}>
        {(ids) => (
          <WrittenText {...ids} inHand={inHand} place={{ at: 'title' }} size="large" required longest={120} />
        )}
      </Field>
      <Field label={t('summary')} hint={t('summary.hint')} error={errorAt({ at: 'summary' })}>
        {(ids) => <WrittenText {...ids} inHand={inHand} place={{ at: 'summary' }} lines={3} longest={2000} />}
      </Field>
      <Field label={t('audience')} error={errorAt({ at: 'audience' })}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={scopes.map((value) => ({ value, label: words(`scope.${value}`) }))}
            value={scope}
            onChange={(next) => {
              setIsNaming(next === 'organisations');
              if (next !== 'organisations') write({ at: 'audience' }, { scope: next });
            }}
          />
        )}
      </Field>
      {scope === 'organisations' && (
        <Field label={t('audience.organisations')} required>
          {(ids) => (
            <Select
              {...ids}
              mode="multiple"
              placeholder={t('pick')}
              value={[...named]}
              showSearch={{ optionFilterProp: 'words' }}
              options={organisations}
              onChange={(next: string[]) => {
                if (next.length === 0) return;
                setIsNaming(false);
                write({ at: 'audience' }, { scope: 'organisations', organisations: next });
              }}
            />
          )}
        </Field>
      )}
      {hidden > 0 && (
        <p role="status" className={styles.hidden}>
          {t('hidden', { count: hidden })}
        </p>
      )}
      {set.items.length > 0 && (
        <Field label={t('cover')} hint={t('cover.hint')}>
          {() => (
            <Choice
              label={t('cover')}
              value={set.cover ?? ''}
              options={[
                { value: '', label: t('cover.none') },
                ...set.items.flatMap(({ resource, card }) =>
                  card ? [{ value: resource, label: card.title }] : [],
                ),
              ]}
              onChange={(cover) => write({ at: 'cover' }, cover || null)}
            />
          )}
        </Field>
      )}
    </section>
  );
}

function Delete({ base, set }: { base: Base; set: ResourceSet }) {
  const t = useTexts(editorTexts);
  const navigate = useNavigate();
  const remove = useDeleteSet(base, set.id);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button type="text" danger onClick={() => setAsked(true)}>
        {t('delete')}
      </Button>
      {asked && (
        <Dialog
          title={t('delete.title', { name: set.title })}
          go={{
            words: t('delete.go'),
            run: () =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  say(t('deleted'));
                  navigate(`/${base}`);
                },
              }),
            isBusy: remove.isPending,
            isDanger: true,
          }}
          onEnd={() => setAsked(false)}
        >
          <p>{remove.error?.message ?? t('delete.hint')}</p>
        </Dialog>
      )}
    </>
  );
}
