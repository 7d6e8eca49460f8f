import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
import { Field } from '../../components/field.tsx';
import { say } from '../../components/say.ts';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term, useAddTerm, type Vocabulary, wordsOf } from './queries.ts';

interface Props {
  vocabulary: Vocabulary;
  terms: readonly Term[];
  onEnd: () => void;
}

const empty = { code: '', zh: '', en: '', synonyms: [] as string[], parent: undefined as string | undefined };

export function AddDialog({ vocabulary, terms, onEnd }: Props) {
  const t = useTexts(vocabularyTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const add = useAddTerm(vocabulary.key);
  const [values, setValues] = useState(empty);
  const [tried, setTried] = useState(false);
  const wrong = add.error instanceof ProblemError ? add.error.fields : {};
  const change = (more: Partial<typeof empty>) => setValues({ ...values, ...more });

  function go() {
    setTried(true);
    if (values.code.trim() === '' || values.zh.trim() === '') return;
    add.mutate(
      {
        code: values.code.trim(),
        labels: { 'zh-CN': values.zh, en: values.en },
        synonyms: values.synonyms,
        parent: values.parent ?? null,
      },
      {
        onSuccess: () => {
          say(t('added', { name: values.zh }));
          onEnd();
        },
      },
    );
  }

  return (
    <Modal
      open
      title={t('add.title', { vocabulary: vocabulary.labels[language] || vocabulary.labels['zh-CN'] })}
      okText={t('add.go')}
      cancelText={words('cancel')}
      okButtonProps={{ loading: add.isPending }}
      onCancel={onEnd}
      onOk={go}
    >
      <div className={styles.form}>
        {add.error && Object.keys(wrong).length === 0 && (
          <p role="alert" className={styles.error}>
            {add.error.message}
          </p>
        )}
        <Field
          label={t('label.zh')}
          required
          error={wrong['labels.zh-CN'] ?? (tried && values.zh.trim() === '' ? t('label.needed') : undefined)}
        >
          {(ids) => (
            <Input
              {...ids}
              autoFocus
              lang="zh-CN"
              maxLength={120}
              value={values.zh}
              onChange={({ target }) => change({ zh: target.value })}
            />
          )}
        </Field>
        <Field
          label={t('code')}
          required
          hint={t('code.hint')}
          error={wrong.code ?? (tried && values.code.trim() === '' ? t('code.needed') : undefined)}
        >
          {(ids) => (
            <Input
              {...ids}
              maxLength={64}
              value={values.code}
              onChange={({ target }) => change({ code: target.value })}
            />
          )}
        </Field>
        {vocabulary.hierarchical && (
          <Field label={t('parent')}>
            {(ids) => (
              <Select
                {...ids}
                allowClear
                placeholder={t('parent.none')}
                value={values.parent}
                onChange={(parent?: string) => change({ parent })}
                showSearch={{ optionFilterProp: 'search' }}
                options={terms.map((term) => ({
                  value: term.code,
                  label: `${labelOf(term, language)}  ${term.code}`,
                  search: wordsOf(term),
                }))}
              />
            )}
          </Field>
        )}
        <Field label={t('label.en')} error={wrong['labels.en']}>
          {(ids) => (
            <Input
              {...ids}
              lang="en"
              maxLength={160}
              value={values.en}
              onChange={({ target }) => change({ en: target.value })}
            />
          )}
        </Field>
        <Field label={t('synonyms')} hint={t('synonyms.hint')}>
          {(ids) => (
            <Select
              {...ids}
              mode="tags"
              open={false}
              suffixIcon={null}
              value={values.synonyms}
              onChange={(synonyms: string[]) => change({ synonyms })}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
}
