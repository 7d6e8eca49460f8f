import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { copyText } from '../../components/copy-text.ts';
import { Dialog } from '../../components/dialog.tsx';
import { say } from '../../components/say.ts';
import { shell, useTexts } from '../../i18n/index.ts';
import styles from './cite-dialog.module.css';
import { resourceTexts } from './i18n.ts';
import { embedQuery } from './queries.ts';

/** The code that shows a resource in somebody else's page, ready to be copied. */
export function EmbedDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts(resourceTexts);
  const words = useTexts(shell);
  const { data, error } = useQuery(embedQuery(id));
  async function copy(html: string) {
    await copyText(html);
    say(words('copied'));
    onClose();
  }
  return (
    <Dialog
      title={t('embed.title')}
      onEnd={onClose}
      foot={
        <Button type="primary" disabled={!data} onClick={() => data && void copy(data.html)}>
          {words('copy')}
        </Button>
      }
    >
      <p>{t('embed.how')}</p>
      {error && <p role="alert">{t('embed.failed')}</p>}
      {!data && !error && <Skeleton active title={false} />}
      {data && <pre className={styles.code}>{data.html}</pre>}
    </Dialog>
  );
}
