import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { FindSelect } from '../../components/find-select.tsx';
import { foundBy } from '../../components/finding.ts';
import { say } from '../../components/say.ts';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term, useSaveTerm, type Vocabulary, wordsOf } from './queries.ts';
import { belowOf, siblingsOf } from './tree.ts';

interface Props {
  vocabulary: Vocabulary;
  terms: readonly Term[];
  /** What is edited; without one, a term is added. */
  term?: Term | undefined;
  onEnd: () => void;
}

/** Everything about one term: its words, its place in the tree, and whether it is offered. */
export function TermDialog({ vocabulary, terms, term, onEnd }: Props) {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const save = useSaveTerm(vocabulary.key, terms);
  const [tried, setTried] = useState(false);
  const [values, setValues] = useState(() => ({
    code: term?.code ?? '',
    zh: term?.labels['zh-CN'] ?? '',
    en: term?.labels.en ?? '',
    synonyms: [...(term?.synonyms ?? [])],
    parent: term?.parent ?? null,
    after: before(term?.parent ?? null, term?.code),
    equivalents: [...(term?.equivalents ?? [])],
    formerCodes: [...(term?.formerCodes ?? [])],
    retired: term?.retired ?? false,
  }));
  const change = (more: Partial<typeof values>) => setValues({ ...values, ...more });
  const wrong = save.error instanceof ProblemError ? save.error.fields : {};
  const named = (name: string) =>
    Object.entries(wrong).find(([field]) => field === name || field.startsWith(`${name}.`))?.[1];
  const siblings = siblingsOf(terms, values.parent).filter(({ code }) => code !== term?.code);
  const below = new Set(term ? belowOf(terms, term.code) : []);

  /** The sibling that the term stands behind; a new one behind the last. */
  function before(parent: string | null, code?: string): string {
    const all = siblingsOf(terms, parent);
    const at = all.findIndex((sibling) => sibling.code === code);
    return (at === -1 ? all.at(-1) : all[at - 1])?.code ?? '';
  }

  function go() {
    setTried(true);
    if (values.code.trim() === '' || values.zh.trim() === '') return;
    const { zh, en, after, ...rest } = values;
    save.mutate(
      {
        term,
        wanted: { ...rest, code: values.code.trim(), labels: { 'zh-CN': zh.trim(), en: en.trim() } },
        after:
          term && after === before(term.parent, term.code) && rest.parent === term.parent ? undefined : after,
      },
      {
        onSuccess: () => {
          say(t(term ? 'saved' : 'added', { name: zh }));
          onEnd();
        },
      },
    );
  }

  const options = (offered: readonly Term[]) =>
    offered.map((one) => ({
      value: one.code,
      label: `${labelOf(one, language)}  ${one.code}`,
      words: wordsOf(one),
    }));
  const text = (name: 'code' | 'zh' | 'en', longest: number) => ({
    maxLength: longest,
    value: values[name],
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  });
  const tags = (name: 'synonyms' | 'formerCodes') => ({
    mode: 'tags' as const,
    open: false,
    suffixIcon: null,
    value: values[name],
    onChange: (list: string[]) => change({ [name]: list }),
  });

  return (
    <Dialog
      title={
        term
          ? t('edit.of', { name: labelOf(term, language) })
          : t('add.title', { vocabulary: vocabulary.labels[language] || vocabulary.labels['zh-CN'] })
      }
      go={{ words: t(term ? 'save' : 'add.go'), run: go, isBusy: save.isPending }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        {save.error && Object.keys(wrong).length === 0 && (
          <p role="alert" className={styles.error}>
            {save.error.message}
          </p>
        )}
        <Field
          label={t('label.zh')}
          required
          error={named('labels.zh-CN') ?? (tried && values.zh.trim() === '' ? t('label.needed') : undefined)}
        >
          {(ids) => <Input {...ids} autoFocus lang="zh-CN" {...text('zh', 120)} />}
        </Field>
        {!term && (
          <Field
            label={t('code')}
            required
            hint={t('code.hint')}
            error={named('code') ?? (tried && values.code.trim() === '' ? t('code.needed') : undefined)}
          >
            {(ids) => <Input {...ids} {...text('code', 64)} />}
          </Field>
        )}
        <Field label={t('label.en')} error={named('labels.en')}>
          {(ids) => <Input {...ids} lang="en" {...text('en', 160)} />}
        </Field>
        <Field label={t('synonyms')} hint={t('synonyms.hint')} error={named('synonyms')}>
          {(ids) => <Select {...ids} {...tags('synonyms')} />}
        </Field>
        {vocabulary.hierarchical && (
          <Field label={t('parent')} error={named('parent')}>
            {(ids) => (
              <FindSelect
                {...ids}
                allowClear
                placeholder={t('parent.none')}
                value={values.parent}
                onChange={(parent?: string) =>
                  change({ parent: parent ?? null, after: before(parent ?? null, term?.code) })
                }
                options={options(terms.filter(({ code, retired }) => !below.has(code) && !retired))}
              />
            )}
          </Field>
        )}
        {siblings.length > 0 && (
          <Field label={t('place')}>
            {(ids) => (
              <FindSelect
                {...ids}
                value={values.after}
                onChange={(after: string) => change({ after })}
                options={[
                  { value: '', label: t('place.first'), words: foundBy(t('place.first')) },
                  ...options(siblings).map((one) => ({
                    ...one,
                    label: t('place.after', { name: one.label }),
                  })),
                ]}
              />
            )}
          </Field>
        )}
        {!vocabulary.closed && (
          <>
            <Field label={t('equivalents')} hint={t('equivalents.hint')} error={named('equivalents')}>
              {(ids) => (
                <FindSelect
                  {...ids}
                  mode="multiple"
                  value={values.equivalents}
                  onChange={(equivalents: string[]) => change({ equivalents })}
                  options={options(terms.filter(({ code }) => code !== term?.code))}
                />
              )}
            </Field>
            <Field label={t('former-codes')} hint={t('former-codes.hint')} error={named('formerCodes')}>
              {(ids) => <Select {...ids} {...tags('formerCodes')} />}
            </Field>
            {term && (
              <div>
                <Checkbox
                  checked={values.retired}
                  aria-describedby="retired-hint"
                  onChange={({ target }) => change({ retired: target.checked })}
                >
                  {t('retired')}
                </Checkbox>
                <p id="retired-hint" className={styles.hint}>
                  {t('retired.hint')}
                </p>
              </div>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
