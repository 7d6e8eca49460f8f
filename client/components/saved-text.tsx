import { Input } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FieldIds } from './field.tsx';

interface Props extends Partial<FieldIds> {
  'aria-label'?: string;
  value: string;
  longest: number;
  placeholder?: string;
  /** Several lines, growing with the text. */
  lines?: number;
  /** An empty text is not saved. */
  required?: boolean;
  size?: 'middle' | 'large';
  /** Quieter than a field of a form: for words beside something larger. */
  variant?: 'outlined' | 'filled';
  onSave: (value: string) => void;
}

const pause = 700;

/** Text that saves itself a moment after the last keystroke, and when it is left. */
export function SavedText({ value, lines, longest, required = false, onSave, ...rest }: Props) {
  const [typed, setTyped] = useState(value);
  const saved = useRef(value);
  const act = useRef(onSave);
  act.current = onSave;

  useEffect(() => {
    if (value === saved.current) return;
    saved.current = value;
    setTyped(value);
  }, [value]);

  const save = useCallback((text: string) => {
    saved.current = text.trim();
    act.current(text.trim());
  }, []);

  const due = typed.trim() !== saved.current.trim() && !(required && typed.trim() === '');
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => save(typed), pause);
    return () => clearTimeout(timer);
  }, [due, typed, save]);

  const shared = {
    ...rest,
    value: typed,
    maxLength: longest,
    status: required && typed.trim() === '' ? ('error' as const) : ('' as const),
    onBlur: () => due && save(typed),
  };
  return lines === undefined ? (
    <Input {...shared} onChange={({ target }) => setTyped(target.value)} />
  ) : (
    <Input.TextArea
      {...shared}
      autoSize={{ minRows: lines, maxRows: 12 }}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}
