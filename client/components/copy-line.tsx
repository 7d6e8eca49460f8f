import { CopyOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { useRef } from 'react';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './copy-line.module.css';
import { say } from './say.ts';

/** A text to be taken away, such as a link or a token. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const t = useTexts(shell);
  const input = useRef<InputRef>(null);
  /** Without encryption, as in a school's own network, browsers have no clipboard: then the text is chosen. */
  async function copy() {
    if (!window.isSecureContext) return input.current?.focus();
    await navigator.clipboard.writeText(text);
    say(t('copied'));
  }
  return (
    <div className={styles.line}>
      <Input ref={input} readOnly aria-label={label} value={text} onFocus={({ target }) => target.select()} />
      <Button icon={<CopyOutlined />} onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  );
}
