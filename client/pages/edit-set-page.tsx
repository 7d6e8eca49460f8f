import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { scopes } from '../../server/access/contract.ts';
import { Choice } from '../components/choice.tsx';
import { ChoiceCards } from '../components/choice-cards.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { SavedText } from '../components/saved-text.tsx';
import { say } from '../components/say.ts';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { Finder } from '../features/collections/editor/finder.tsx';
import { editorTexts } from '../features/collections/editor/i18n.ts';
import { ItemList } from '../features/collections/editor/item-list.tsx';
import { useChangeSet, useDeleteSet, useIsSaving } from '../features/collections/editor/queries.ts';
import { type Base, type ResourceSet, setQuery } from '../features/collections/queries.ts';
import { useOrganisations } from '../features/members/organisations/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './edit-set-page.module.css';

/** A collection or shelf while it is arranged; everything saves itself. */
export function EditSetPage({ base }: { base: Base }) {
  const { id = '' } = useParams();
  const t = useTexts(editorTexts);
  const { data: set, error, isPending, refetch } = useQuery(setQuery(base, id));
  const saving = useIsSaving(id);
  return (
    <Page
      title={t(`edit.${base}`)}
      lead={set && <span role="status">{saving ? t('saving') : t('saved')}</span>}
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
      {set && (
        <div className={styles.desk}>
          <div className={styles.work}>
            <About base={base} set={set} />
            <section className={styles.part}>
              <h2>{t('items')}</h2>
              <p className={styles.quiet}>{t('items.hint')}</p>
              {set.items.length === 0 && set.sections.length === 0 && (
                <NothingYet title={t('none')} hint={t('none.hint')} />
              )}
              <ItemList base={base} set={set} />
            </section>
          </div>
          <div className={styles.side}>
            <Finder base={base} set={set} />
          </div>
        </div>
      )}
    </Page>
  );
}

function About({ base, set }: { base: Base; set: ResourceSet }) {
  const t = useTexts(editorTexts);
  const words = useTexts(shell);
  const change = useChangeSet(base, set.id);
  const organisations = useOrganisations().options;
  const [scope, setScope] = useState(set.audience.scope);
  const named = set.audience.organisations ?? [];
  return (
    <section className={styles.part}>
      <h2>{t('about')}</h2>
      <Field label={t('title')} required>
        {(ids) => (
          <SavedText
            {...ids}
            size="large"
            required
            longest={120}
            value={set.title}
            onSave={(title) => change.mutate({ title })}
          />
        )}
      </Field>
      <Field label={t('summary')} hint={t('summary.hint')}>
        {(ids) => (
          <SavedText
            {...ids}
            lines={3}
            longest={2000}
            value={set.summary}
            onSave={(summary) => change.mutate({ summary })}
          />
        )}
      </Field>
      <Field label={t('audience')}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={scopes.map((value) => ({ value, label: words(`scope.${value}`) }))}
            value={scope}
            onChange={(next) => {
              setScope(next);
              if (next !== 'organisations') change.mutate({ audience: { scope: next } });
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
                if (next.length > 0)
                  change.mutate({ audience: { scope: 'organisations', organisations: next } });
              }}
            />
          )}
        </Field>
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
              onChange={(cover) => change.mutate({ cover: cover || null })}
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
