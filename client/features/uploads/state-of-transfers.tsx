import { useTexts } from '../../i18n/index.ts';
import { uploadTexts } from './i18n.ts';
import { Renamed } from './renamed.tsx';
import styles from './transfer-list.module.css';
import { percentOf } from './transfer-list.tsx';
import type { Transfer } from './transfers.ts';

/** All transfers of a draft in one line, for the row of a table. */
export function StateOfTransfers({ transfers }: { transfers: readonly Transfer[] }) {
  const t = useTexts(uploadTexts);
  const left = transfers.filter(({ state }) => state !== 'done');
  if (left.length === 0) return <Renamed transfers={transfers} />;
  const size = transfers.reduce((sum, one) => sum + one.size, 0);
  const sent = transfers.reduce((sum, one) => sum + one.sent, 0);
  const failed = left.find(({ state }) => state === 'failed');
  return (
    <>
      <progress
        className={styles.bar}
        aria-label={t('progress', { name: left[0]?.path ?? '' })}
        value={sent}
        max={Math.max(size, 1)}
      />
      <p className={failed ? styles.failed : styles.quiet}>
        {failed?.failure?.words ??
          t('sum', {
            done: transfers.length - left.length,
            count: transfers.length,
            percent: percentOf(sent, size),
          })}
      </p>
      <Renamed transfers={transfers} />
    </>
  );
}
