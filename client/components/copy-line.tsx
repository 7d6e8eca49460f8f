import { CopyOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './copy-line.module.css';
import { copyText } from './copy-text.ts';
import { say } from './say.ts';

/** A text to be taken away, such as a link or a token. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const t = useTexts(shell);
  async function copy() {
    await copyText(text);
    say(t('copied'));
  }
  return (
    <div className={styles.line}>
      <Input readOnly aria-label={label} value={text} onFocus={({ target }) => target.select()} />
      <Button icon={<CopyOutlined />} onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  );
}
