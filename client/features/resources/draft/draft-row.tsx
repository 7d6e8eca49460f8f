import { Checkbox, Input, Select } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { isBlank } from '../../../../server/http/contract.ts';
import { controls } from '../../../components/i18n.ts';
import { SaveState } from '../../../components/save-state.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import { levels } from './choices.ts';
import type { FieldName } from './description.ts';
import type { Lists } from './description-form.tsx';
import { DraftConflict } from './draft-conflict.tsx';
import styles from './draft-table.module.css';
import { FileSum } from './file-sum.tsx';
import { draftTexts } from './i18n.ts';
import { KindSelect } from './kind-field.tsx';
import type { Resource } from './queries.ts';
import { TermSelect } from './term-select.tsx';
import { type DraftInHand, useDraft } from './use-draft.ts';

/** What the page does to a row from outside. */
export type RowHandle = Pick<DraftInHand, 'set' | 'save'>;

interface Props {
  resource: Resource;
  lists: Lists;
  /** A value in words: codes become labels. */
  wordsOf: (name: FieldName, value: unknown) => string;
  chosen: boolean;
  onChoose: (on: boolean) => void;
  register: (handle: RowHandle | undefined) => void;
  /** Why it could not be submitted. */
  fault: string | undefined;
  /** Files are on their way into it, or have just arrived. */
  isUploading: boolean;
  /** How far they are. */
  children: ReactNode;
}

/** One of several drafts: the fields that every resource needs, in a row. */
export function DraftRow({
  resource,
  lists,
  wordsOf,
  chosen,
  onChoose,
  register,
  fault,
  isUploading,
  children,
}: Props) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const choice = useTexts(controls);
  const draft = useDraft(resource);
  const { values, set, save, editable } = draft;
  const name = values.title;
  const lacks = (resource.missing ?? []).map(({ field }) => t(`field.${field as FieldName}`));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what a handle does stays the same
  useEffect(() => {
    register({ set, save });
    return () => register(undefined);
  }, [resource.id]);

  const cell = (field: FieldName) => ({
    'aria-labelledby': '',
    'aria-label': `${t(`field.${field}`)}：${name}`,
    'aria-describedby': undefined,
    'aria-invalid': draft.errors[field] ? (true as const) : undefined,
  });

  return (
    <tr aria-selected={chosen}>
      <th scope="row">
        <div className={styles.name}>
          <Checkbox
            aria-label={choice('choose', { name })}
            checked={chosen}
            onChange={({ target }) => onChoose(target.checked)}
          />
          <Input
            aria-label={`${t('field.title')}：${name}`}
            value={name}
            maxLength={120}
            disabled={!editable}
            status={isBlank(name) ? 'error' : ''}
            onChange={({ target }) => set('title', target.value)}
          />
        </div>
        <div className={styles.about}>
          <KindSelect resource={resource} draft={draft} />
          <Link to={`/resources/${resource.id}/edit`}>{t('row.open')}</Link>
          <FileSum files={resource.files} isUploading={isUploading} />
        </div>
        {children}
        <DraftConflict resource={resource.id} draft={draft} wordsOf={wordsOf} />
      </th>
      <td className={styles.wide}>
        <Input.TextArea
          aria-label={`${t('field.summary')}：${name}`}
          placeholder={t('row.summary')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={values.summary}
          disabled={!editable}
          onChange={({ target }) => set('summary', target.value)}
        />
      </td>
      <td>
        <Select
          aria-label={`${t('field.materialType')}：${name}`}
          className={styles.select}
          placeholder={t('pick')}
          value={values.materialType}
          disabled={!editable}
          options={lists.materialTypes.map(({ value, label }) => ({ value, label }))}
          onChange={(value) => set('materialType', value)}
        />
      </td>
      <td>
        <Select
          aria-label={`${t('field.level')}：${name}`}
          className={styles.select}
          placeholder={t('pick')}
          value={values.level}
          disabled={!editable}
          options={levels.map((value) => ({ value, label: words(`level.${value}`) }))}
          onChange={(value) => set('level', value)}
        />
      </td>
      <td className={styles.wide}>
        <TermSelect
          {...cell('majors')}
          bare
          id={`majors-${resource.id}`}
          list="majors"
          options={lists.majors}
          value={values.majors}
          disabled={!editable}
          onChange={(value) => set('majors', value)}
        />
      </td>
      <td className={styles.state}>
        {resource.state === 'submitted' ? (
          <p>{words('state.submitted')}</p>
        ) : (
          <>
            <SaveState saving={draft} />
            <p className={lacks.length > 0 ? styles.lacks : styles.ready}>
              {lacks.length > 0 ? t('row.lacks', { fields: lacks.join('、') }) : t('row.ready')}
            </p>
          </>
        )}
        {fault && (
          <p role="alert" className={styles.fault}>
            {fault}
          </p>
        )}
      </td>
    </tr>
  );
}
