import { CommentOutlined } from '@ant-design/icons';
import { type ReactNode, useId } from 'react';
import { useTexts } from '../i18n/index.ts';
import styles from './field.module.css';
import { controls } from './i18n.ts';

/** What a control needs so that its label, hint and error are read out with it. */
export interface FieldIds {
  id: string;
  'aria-labelledby': string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

interface Props {
  /** Name of the field, so that a checklist can lead to it. */
  name?: string;
  label: string;
  required?: boolean;
  /** Says what is wanted, in one sentence. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string | undefined;
  /** A reviewer's words about this field. */
  remark?: string | undefined;
  /** Beside the label: where the value came from. */
  mark?: ReactNode;
  /** Below the control: suggestions. */
  extra?: ReactNode;
  children: (ids: FieldIds) => ReactNode;
}

/** A labelled control with hint, error and remark. Works for a single input and for a group alike. */
export function Field({ name, label, required, hint, error, remark, mark, extra, children }: Props) {
  const id = useId();
  const t = useTexts(controls);
  const described = [hint && `${id}-hint`, error && `${id}-error`, remark && `${id}-remark`].filter(Boolean);
  return (
    <div className={styles.field} id={name && `field-${name}`}>
      <div className={styles.head}>
        <label htmlFor={id} id={`${id}-label`} className={styles.label}>
          {label}
        </label>
        {required && <span className={styles.required}>{t('required')}</span>}
        {mark}
      </div>
      {remark && (
        <p id={`${id}-remark`} className={styles.remark}>
          <CommentOutlined aria-hidden="true" />
          <span>{remark}</span>
        </p>
      )}
      {children({
        id,
        'aria-labelledby': `${id}-label`,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {extra}
      {error ? (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
      {hint && (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}

/** Takes the reader to a field and puts the focus into its first control. */
export function goToField(name: string): void {
  const field = document.getElementById(`field-${name}`);
  if (!field) return;
  field.scrollIntoView({ block: 'center' });
  field
    .querySelector<HTMLElement>('input:not([tabindex="-1"]), textarea, button, [tabindex="0"]')
    ?.focus({ preventScroll: true });
}
