import { Button } from 'antd';
import { copyText } from '../../components/copy-text.ts';
import { Dialog } from '../../components/dialog.tsx';
import { say } from '../../components/say.ts';
import { shell, useTexts } from '../../i18n/index.ts';
import styles from './cite-dialog.module.css';
import { resourceTexts } from './i18n.ts';

/** The reference to a resource, ready to be copied. */
export function CiteDialog({ citation, onClose }: { citation: string; onClose: () => void }) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  async function copy() {
    await copyText(citation);
    say(words('copied'));
    onClose();
  }
  return (
    <Dialog
      title={t('cite.title')}
      onEnd={onClose}
      foot={
        <Button type="primary" onClick={() => void copy()}>
          {words('copy')}
        </Button>
      }
    >
      <p>{t('cite.how')}</p>
      <blockquote className={styles.citation}>{citation}</blockquote>
    </Dialog>
  );
}
