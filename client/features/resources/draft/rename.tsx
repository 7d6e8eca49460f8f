import { CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import styles from './file-list.module.css';
import { draftTexts } from './i18n.ts';

interface Props {
  path: string;
  /** Rejects with words for the author; then the field stays, with what was typed. */
  onSave: (to: string, isByKey: boolean) => Promise<unknown>;
  /** The name stays, or is the new one. */
  onEnd: (isByKey: boolean) => void;
}

/** The path of a file while it is typed. One that is refused stays, and says why. */
export function Rename({ path, onSave, onEnd }: Props) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const id = useId();
  const [name, setName] = useState(path);
  const [refusal, setRefusal] = useState<{ name: string; words: string }>();
  /** Enter saves, and the blur that follows must not save again. */
  const busy = useRef(false);
  const to = name.trim();
  const refused = refusal?.name === to ? refusal.words : undefined;

  async function save(isByKey: boolean) {
    if (busy.current || refused !== undefined) return;
    if (to === '' || to === path) return onEnd(isByKey);
    busy.current = true;
    try {
      await onSave(to, isByKey);
      onEnd(false);
    } catch (error) {
      busy.current = false;
      setRefusal({ name: to, words: wordsOf(error as Error) });
    }
  }

  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        void save(true);
      }}
    >
      <span className={styles.typed}>
        <Input
          autoFocus
          size="small"
          aria-label={t('files.renamed')}
          aria-invalid={refused !== undefined}
          aria-describedby={refused && `${id}-error`}
          status={refused ? 'error' : ''}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onFocus={({ target }) => {
            if (name === path) target.setSelectionRange(path.lastIndexOf('/') + 1, stemEnd(path));
          }}
          onKeyDown={({ key, nativeEvent }) => {
            if (key === 'Escape' && !nativeEvent.isComposing && !busy.current) onEnd(true);
          }}
          onBlur={() => void save(false)}
        />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={words('cancel')}
          onMouseDown={(event) => event.preventDefault()} // or the field would lose the focus, and save
          onClick={() => onEnd(true)}
        />
      </span>
      {refused && (
        <span id={`${id}-error`} role="alert" className={styles.refused}>
          {refused}
        </span>
      )}
    </form>
  );
}

/** What is wrong with the new name, or why it could not be given. */
const wordsOf = (error: Error) =>
  (error instanceof ProblemError && Object.values(error.fields)[0]) || error.message;

const stemEnd = (path: string) => {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? dot : path.length;
};
