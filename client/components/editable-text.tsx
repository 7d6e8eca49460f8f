import { EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { isBlank } from '../../server/http/contract.ts';
import { useTexts } from '../i18n/index.ts';
import styles from './editable-text.module.css';
import { controls } from './i18n.ts';

interface Props {
  value: string;
  /** What is edited, for screen readers. */
  label: string;
  lang?: string;
  /** Where the text leads; then a pencil beside it opens the edit. */
  to?: string;
  longest: number;
  required?: boolean;
  disabled?: boolean;
  /** Rejects with words for the reader; then what was typed stays. */
  onSave: (value: string) => Promise<void>;
}

/** Text that is edited where it stands: a click or Enter opens it, Enter saves, Escape leaves it as it was. */
export function EditableText({
  value,
  label,
  lang,
  to,
  longest,
  required = false,
  disabled = false,
  onSave,
}: Props) {
  const t = useTexts(controls);
  const [typed, setTyped] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  /** Enter saves, and the blur that follows must not save again. */
  const busy = useRef(false);

  function close() {
    setTyped(undefined);
    setFailure(undefined);
  }

  async function save(isAsked = false) {
    if (busy.current) return;
    const text = typed?.trim() ?? value;
    const lacks = required && isBlank(text);
    if (lacks && isAsked) return setFailure(t('needed'));
    if (lacks || text === value) return close();
    busy.current = true;
    setSaving(true);
    try {
      await onSave(text);
      close();
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      busy.current = false;
      setSaving(false);
    }
  }

  const shown = to ? (
    <Link to={to} lang={lang}>
      {value}
    </Link>
  ) : (
    <span lang={lang}>{value}</span>
  );
  if (disabled) return shown;
  if (typed === undefined)
    return to ? (
      <span className={styles.leading}>
        {shown}
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          title={label}
          aria-label={`${label} ${value}`}
          onClick={() => setTyped(value)}
        />
      </span>
    ) : (
      <button
        type="button"
        lang={lang}
        className={value ? styles.shown : styles.empty}
        aria-label={`${label} ${value}`}
        onClick={() => setTyped(value)}
      >
        {value || '—'}
      </button>
    );
  return (
    <span className={styles.editing}>
      <Input
        autoFocus
        size="small"
        aria-label={label}
        aria-invalid={failure !== undefined}
        maxLength={longest}
        disabled={saving}
        value={typed}
        status={failure ? 'error' : ''}
        onChange={({ target }) => {
          setTyped(target.value);
          setFailure(undefined);
        }}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') void save(true);
          if (event.key === 'Escape') close();
        }}
      />
      {failure && (
        <span role="alert" className={styles.failure}>
          {failure}
        </span>
      )}
    </span>
  );
}
