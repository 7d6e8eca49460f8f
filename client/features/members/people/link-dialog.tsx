import { Button } from 'antd';
import { CopyLine } from '../../../components/copy-line.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { formatExactly } from '../../../components/when.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import styles from './dialogs.module.css';
import { peopleTexts } from './i18n.ts';

interface Props {
  /** For whom it is. */
  name: string;
  path: string;
  expiresAt: string;
  onEnd: () => void;
}

/** A link with which somebody chooses a password: shown once. */
export function LinkDialog({ name, path, expiresAt, onEnd }: Props) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  return (
    <Dialog
      title={t('link.title')}
      mask={{ closable: false }}
      onEnd={onEnd}
      foot={
        <Button type="primary" onClick={onEnd}>
          {t('done')}
        </Button>
      }
    >
      <div className={styles.form}>
        <p>{t('link.hint', { name })}</p>
        <CopyLine label={t('link.title')} text={new URL(path, window.location.origin).href} />
        <p className={styles.hint}>{t('link.valid', { date: formatExactly(expiresAt, language) })}</p>
      </div>
    </Dialog>
  );
}
