import { CaretRightOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { isBlank } from '../../../../server/http/contract.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Field } from '../../../components/field.tsx';
import { LicenceSentence, licenceName } from '../../../components/licence.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import { contradicts, languages, levels, licences, scopes } from './choices.ts';
import { type Description, type FieldName, lacksReaders } from './description.ts';
import styles from './description-form.module.css';
import { FromFile } from './from-file.tsx';
import { draftTexts } from './i18n.ts';
import { KindField } from './kind-field.tsx';
import { KindPart } from './kind-part.tsx';
import type { Resource } from './queries.ts';
import type { TermOption } from './term-options.ts';
import { TermSelect } from './term-select.tsx';
import type { DraftInHand } from './use-draft.ts';

/** Lists that the page brings from other rooms. */
export interface Lists {
  majors: readonly TermOption[];
  courses: readonly TermOption[];
  jobs: readonly TermOption[];
  certificates: readonly TermOption[];
  materialTypes: readonly TermOption[];
  organisations: readonly TermOption[];
  /** Majors that the author teaches, offered first. */
  ownMajors: readonly string[];
  /** Name of the author. */
  author: string | undefined;
}

interface Props {
  resource: Resource;
  draft: DraftInHand;
  lists: Lists;
  /** A reviewer's words, by field. */
  remarks: Readonly<Record<string, string>>;
}

/** Tells what a resource is: what readers look for comes first, in one column; the rest waits below. */
export function DescriptionForm({ resource, draft, lists, remarks }: Props) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const { values, set } = draft;
  const { kind } = values;
  const disabled = !draft.editable;

  const about = (name: FieldName, required = false) => ({
    name,
    label: t(`field.${name}`),
    required,
    error: draft.errors[name],
    remark: remarks[name],
    mark: draft.read.includes(name) ? <FromFile /> : undefined,
  });

  const terms = (name: 'courses' | 'jobs' | 'certificates') => (
    <Field {...about(name)}>
      {(ids) => (
        <TermSelect
          {...ids}
          free
          list={name}
          options={lists[name]}
          value={values[name]}
          disabled={disabled}
          onChange={(value) => set(name, value)}
        />
      )}
    </Field>
  );

  return (
    <div className={styles.form}>
      <section className={styles.part}>
        <KindField resource={resource} draft={draft} remark={remarks.kind} />
        <Field
          {...about('title', true)}
          error={isBlank(values.title) ? t('field.title.needed') : draft.errors.title}
          hint={t('field.title.hint')}
        >
          {(ids) => (
            <Input
              {...ids}
              size="large"
              maxLength={120}
              disabled={disabled}
              value={values.title}
              onChange={({ target }) => set('title', target.value)}
            />
          )}
        </Field>
        <Field {...about('materialType')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              look="chips"
              choices={lists.materialTypes}
              value={values.materialType}
              disabled={disabled}
              onChange={(value) => set('materialType', value)}
            />
          )}
        </Field>
        <Field {...about('level')} hint={t('field.level.hint')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              look="chips"
              choices={levels.map((value) => ({ value, label: words(`level.${value}`) }))}
              value={values.level}
              disabled={disabled}
              onChange={(value) => set('level', value)}
            />
          )}
        </Field>
        <Field {...about('majors')} hint={t('field.majors.hint')}>
          {(ids) => (
            <TermSelect
              {...ids}
              list="majors"
              options={lists.majors}
              suggested={lists.ownMajors}
              value={values.majors}
              disabled={disabled}
              onChange={(value) => set('majors', value)}
            />
          )}
        </Field>
        <Field {...about('summary')} hint={t('field.summary.hint')}>
          {(ids) => (
            <Input.TextArea
              {...ids}
              autoSize={{ minRows: 3, maxRows: 12 }}
              maxLength={2000}
              disabled={disabled}
              value={values.summary}
              onChange={({ target }) => set('summary', target.value)}
            />
          )}
        </Field>
        <Field {...about('creators')} hint={t('field.creators.hint')}>
          {(ids) => (
            <TermSelect
              {...ids}
              free
              list="creators"
              options={[]}
              suggested={lists.author ? [lists.author] : []}
              value={values.creators}
              disabled={disabled}
              onChange={(value) => set('creators', value)}
            />
          )}
        </Field>
      </section>

      <section className={styles.part}>
        <Field {...about('audience')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              choices={scopes.map((value) => ({
                value,
                label: words(`scope.${value}`),
                detail: t(`scope.${value}`),
              }))}
              value={values.audience.scope}
              disabled={disabled}
              onChange={(scope) => set('audience', withScope(values.audience, scope))}
            />
          )}
        </Field>
        {values.audience.scope === 'organisations' && (
          <Field
            label={t('field.audience.organisations')}
            required
            hint={lacksReaders(values) && t('field.audience.organisations.needed')}
          >
            {(ids) => (
              <TermSelect
                {...ids}
                list="organisations"
                options={lists.organisations}
                value={values.audience.organisations ?? []}
                disabled={disabled}
                onChange={(organisations) => set('audience', { scope: 'organisations', organisations })}
              />
            )}
          </Field>
        )}
        <Field
          {...about('licence')}
          hint={t('field.licence.hint')}
          {...(contradicts(values) && { error: t('licence.not-for-public') })}
        >
          {(ids) => (
            <>
              <Select
                {...ids}
                value={values.licence}
                disabled={disabled}
                options={licences.map((value) => ({
                  value,
                  label: licenceName(value) || t('licence.group-only.name'),
                }))}
                optionRender={({ data }) => (
                  <span className={styles.licence}>
                    <strong>{data.label}</strong>
                    <span className={styles.quiet}>{words(`licence.${data.value}`)}</span>
                  </span>
                )}
                onChange={(value) => set('licence', value)}
              />
              <LicenceSentence licence={values.licence} />
            </>
          )}
        </Field>
      </section>

      <More title={t('more-about')} hint={t('more-about.hint')}>
        {terms('courses')}
        {terms('jobs')}
        {terms('certificates')}
        <Field {...about('tags')} hint={t('field.tags.hint')}>
          {(ids) => (
            <TermSelect
              {...ids}
              free
              list="tags"
              options={[]}
              value={values.tags}
              disabled={disabled}
              onChange={(value) => set('tags', value)}
            />
          )}
        </Field>
        <Field {...about('language')}>
          {(ids) => (
            <ChoiceCards
              {...ids}
              look="chips"
              choices={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
              value={languages.find((known) => known === values.language)}
              disabled={disabled}
              onChange={(value) => set('language', value)}
            />
          )}
        </Field>
      </More>

      <section className={styles.part} id={`field-${kind}`}>
        <h2>{t(`field.${kind}`)}</h2>
        {draft.errors[kind] && (
          <p role="alert" className={styles.error}>
            {draft.errors[kind]}
          </p>
        )}
        <KindPart kind={kind} values={values} set={set} disabled={disabled} errors={draft.errors} />
      </section>
    </div>
  );
}

function withScope(audience: Description['audience'], scope: Description['audience']['scope']) {
  return scope === 'organisations' ? { scope, organisations: audience.organisations ?? [] } : { scope };
}

function More({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <details className={styles.part} open>
      <summary className={styles.more}>
        <CaretRightOutlined aria-hidden="true" className={styles.caret} />
        <h2>{title}</h2>
        <span className={styles.quiet}>{hint}</span>
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
