import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { meQuery } from '../../../api/me.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Field } from '../../../components/field.tsx';
import { FindSelect } from '../../../components/find-select.tsx';
import { say } from '../../../components/say.ts';
import { setLanguage, useLanguage, useTexts } from '../../../i18n/index.ts';
import { meTexts } from './i18n.ts';
import styles from './panel.module.css';
import { Panel } from './panel.tsx';
import { useEditMe } from './queries.ts';

interface Props {
  /** Majors to choose from, and the words that find them. */
  majors: readonly { value: string; label: string; words: string }[];
}

const languages = [
  { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
  { value: 'en', label: <span lang="en">English</span> },
] as const;

/** Name, language and taught majors. */
export function AboutPanel({ majors }: Props) {
  const t = useTexts(meTexts);
  const language = useLanguage();
  const { data } = useQuery(meQuery);
  const edit = useEditMe();
  const [change, setChange] = useState<Parameters<typeof edit.mutate>[0]['change']>({});
  const me = data?.member;
  if (!me) return null;
  const values = { name: me.name, language: me.language ?? language, majors: me.majors, ...change };

  function save() {
    edit.mutate(
      { change, revision: data?.revision },
      {
        onSuccess: async () => {
          setChange({});
          if (change.language) await setLanguage(change.language);
          say(t('saved'));
        },
      },
    );
  }

  return (
    <Panel title={t('about')} hint={data?.organisation?.name}>
      {edit.error && (
        <p role="alert" className={styles.error}>
          {edit.error.message}
        </p>
      )}
      <Field label={t('name')} required>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            autoComplete="name"
            value={values.name}
            onChange={({ target }) => setChange({ ...change, name: target.value })}
          />
        )}
      </Field>
      <Field label={t('email')} hint={t('email.hint')}>
        {(ids) => <Input {...ids} readOnly value={me.email} />}
      </Field>
      <Field label={t('language')}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={languages}
            value={values.language}
            onChange={(language) => setChange({ ...change, language })}
          />
        )}
      </Field>
      <Field label={t('majors')} hint={t('majors.hint')}>
        {(ids) => (
          <FindSelect
            {...ids}
            mode="multiple"
            value={[...values.majors]}
            options={majors}
            onChange={(next: string[]) => setChange({ ...change, majors: next })}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={Object.keys(change).length === 0 || values.name.trim() === ''}
          loading={edit.isPending}
          onClick={save}
        >
          {t('save')}
        </Button>
      </div>
    </Panel>
  );
}
