import { Input } from 'antd';
import { useState } from 'react';
import { organisationKinds } from '../../../../server/members/contract.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { organisationTexts } from './i18n.ts';
import { type Organisation, useCreateOrganisation } from './queries.ts';

const empty = { name: '', shortName: '', region: '', kind: 'college' as Organisation['kind'] };

/** Takes an organisation into the group. */
export function AddOrganisation({ onEnd }: { onEnd: () => void }) {
  const t = useTexts(organisationTexts);
  const create = useCreateOrganisation();
  const [values, setValues] = useState(empty);
  const [tried, setTried] = useState(false);
  const missing = values.name.trim().length < 2;
  const wrong = create.error instanceof ProblemError ? create.error.fields.name : undefined;
  const change = (more: Partial<typeof empty>) => setValues({ ...values, ...more });

  function go() {
    setTried(true);
    if (missing) return;
    create.mutate(values, {
      onSuccess: ({ name }) => {
        say(t('added', { name }));
        onEnd();
      },
    });
  }

  return (
    <Dialog
      title={t('add.title')}
      go={{ words: t('add.go'), run: go, isBusy: create.isPending }}
      onEnd={onEnd}
    >
      <div style={{ display: 'grid', gap: 20 }}>
        <Field
          label={t('name')}
          required
          error={wrong ?? create.error?.message ?? (tried && missing ? t('name.needed') : undefined)}
        >
          {(ids) => (
            <Input
              {...ids}
              autoFocus
              maxLength={80}
              value={values.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field label={t('kind')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              look="chips"
              choices={organisationKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={values.kind}
              onChange={(kind) => change({ kind })}
            />
          )}
        </Field>
        <Field label={t('short-name')} hint={t('short-name.hint')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={20}
              value={values.shortName}
              onChange={({ target }) => change({ shortName: target.value })}
            />
          )}
        </Field>
        <Field label={t('region')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={40}
              value={values.region}
              onChange={({ target }) => change({ region: target.value })}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
