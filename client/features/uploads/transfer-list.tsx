import { CaretRightOutlined, CloseOutlined, PauseOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { FileIcon } from '../../components/file-icon.tsx';
import { formatSize } from '../../components/file-size.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { uploadTexts } from './i18n.ts';
import { PickAgain } from './pick-again.tsx';
import { formatRemaining } from './remaining.ts';
import { Renamed } from './renamed.tsx';
import styles from './transfer-list.module.css';
import { addAnyway, cancel, isUnderWay, pause, resume, retry, type Transfer } from './transfers.ts';

/** Files on their way into a draft: progress, speed, time left, and what can be done about each. */
export function TransferList({ transfers }: { transfers: readonly Transfer[] }) {
  const t = useTexts(uploadTexts);
  const shown = transfers.filter(({ state }) => state !== 'done');
  if (shown.length === 0) return <Renamed transfers={transfers} />;
  const moving = transfers.filter(isUnderWay);
  const size = transfers.reduce((sum, one) => sum + one.size, 0);
  const sent = transfers.reduce((sum, one) => sum + one.sent, 0);
  const failed = shown.filter(({ state }) => state === 'failed').length;
  const isMoving = moving.some(({ state }) => state !== 'paused');
  return (
    <section aria-label={t('list')}>
      {transfers.length > 1 && (
        <div className={styles.sum}>
          <span>
            {t(failed > 0 ? 'sum.failed' : 'sum', {
              done: transfers.length - shown.length,
              count: transfers.length,
              percent: percentOf(sent, size),
              failed,
            })}
          </span>
          {moving.length > 1 && (
            <Button
              size="small"
              onClick={() => {
                for (const one of moving)
                  if (isMoving && one.state !== 'paused') pause(one.id);
                  else if (!isMoving) resume(one.id);
              }}
            >
              {isMoving ? t('pause-all') : t('resume-all')}
            </Button>
          )}
        </div>
      )}
      <ul>
        {shown.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </ul>
      <Renamed transfers={transfers} />
    </section>
  );
}

function TransferRow({ transfer }: { transfer: Transfer }) {
  const t = useTexts(uploadTexts);
  const language = useLanguage();
  const { id, path, size, sent, state } = transfer;
  const act = (name: 'pause' | 'resume' | 'retry' | 'cancel', icon: React.ReactNode, run: () => void) => (
    <Button type="text" icon={icon} aria-label={t(name, { name: path })} onClick={run} />
  );
  return (
    <li className={styles.row}>
      <FileIcon path={path} />
      <div className={styles.body}>
        <p className={styles.line}>
          <span className={styles.name}>{path}</span>
          <span className={styles.quiet}>
            {state !== 'failed' && sent > 0 && `${formatSize(sent, language)} / `}
            {formatSize(size, language)}
          </span>
        </p>
        <progress
          className={`${styles.bar} ${state === 'failed' ? styles.stopped : ''}`}
          aria-label={t('progress', { name: path })}
          value={sent}
          max={Math.max(size, 1)}
        />
        <p className={state === 'failed' ? styles.failed : styles.quiet} aria-live="off">
          <StateWords transfer={transfer} />
        </p>
      </div>
      {state === 'twin' && (
        <Button size="small" onClick={() => addAnyway(id)}>
          {t('add-anyway')}
        </Button>
      )}
      {state === 'found' && <PickAgain transfer={transfer} />}
      <span className={styles.actions}>
        {(state === 'sending' || state === 'retrying' || state === 'waiting') &&
          act('pause', <PauseOutlined />, () => pause(id))}
        {state === 'paused' && act('resume', <CaretRightOutlined />, () => resume(id))}
        {state === 'failed' && act('retry', <ReloadOutlined />, () => retry(id))}
        {act('cancel', <CloseOutlined />, () => cancel(id))}
      </span>
    </li>
  );
}

/** Where a transfer stands, in words. */
export function StateWords({ transfer }: { transfer: Transfer }) {
  const t = useTexts(uploadTexts);
  const language = useLanguage();
  const { size, sent, state, speed, failure, twin } = transfer;
  if (state === 'twin')
    return (
      <>
        {t('state.twin')} <Link to={`/resources/${twin?.id ?? ''}`}>{twin?.title}</Link>
      </>
    );
  if (state === 'sending') {
    if (sent >= size) return t('state.finishing');
    if (speed <= 0) return t('state.starting');
    return t('state.sending', {
      speed: formatSize(speed, language),
      left: formatRemaining(size - sent, speed),
    });
  }
  if (state === 'found') return t('state.found', { percent: percentOf(sent, size) });
  if (state === 'failed') {
    const { status, words } = failure ?? { status: 0 };
    if (words) return words;
    if (status === 413) return t('failed.too-large'); // our own answers have words: a proxy says so
    return status ? t('failed.unknown', { status }) : t('failed.offline');
  }
  return t(`state.${state}`);
}

export const percentOf = (sent: number, size: number): number =>
  size === 0 ? 100 : Math.floor((sent / size) * 100);
