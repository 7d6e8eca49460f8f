import { Button } from 'antd';
import { useTexts } from '../../i18n/index.ts';
import { uploadTexts } from './i18n.ts';
import styles from './transfer-list.module.css';
import { cancel, type Transfer } from './transfers.ts';

/** Tells of files that got another name than they were sent with, until their author has seen it. */
export function Renamed({ transfers }: { transfers: readonly Transfer[] }) {
  const t = useTexts(uploadTexts);
  const renamed = transfers.filter(({ storedAs }) => storedAs !== undefined);
  if (renamed.length === 0) return null;
  return (
    <div role="status" className={styles.renamed}>
      <p>{t('renamed', { count: renamed.length })}</p>
      <ul>
        {renamed.map(({ id, path, storedAs }) => (
          <li key={id}>
            {path} <span aria-hidden="true">→</span> {storedAs}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() => {
          for (const { id } of renamed) cancel(id);
        }}
      >
        {t('renamed.seen')}
      </Button>
    </div>
  );
}
