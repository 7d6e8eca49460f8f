import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { say } from '../../components/say.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './converting.module.css';
import { viewerTexts } from './i18n.ts';
import { nameOf, type Viewable } from './kinds.ts';
import { useEncoding } from './queries.ts';

/**
 * A recording, or in its place what is known of a copy that browsers can play: how far it is, or how to get one. That it
 * begins and that it has ended is said aloud; each percent is for those who look.
 */
export function OnceConverted({ file, children }: { file: Viewable; children: ReactNode }) {
  const t = useTexts(viewerTexts);
  const waitsFor = file.copies?.playable ? undefined : file.converting;
  const [hasWaited, setHasWaited] = useState(false);
  const [isOriginal, setIsOriginal] = useState(false);
  if (waitsFor && !hasWaited) setHasWaited(true);
  const begun = waitsFor?.share === undefined ? t('converting.waiting') : t('converting.begun');
  return (
    <>
      <p role="status" className="visually-hidden">
        {waitsFor ? begun : hasWaited && t('converting.ended')}
      </p>
      {waitsFor ? (
        <Converting file={file} />
      ) : file.unplayable && !isOriginal ? (
        <Unplayable file={file} onPlay={() => setIsOriginal(true)} />
      ) : (
        children
      )}
    </>
  );
}

const complain = (error: Error) => say(error.message);

function Converting({ file }: { file: Viewable }) {
  const t = useTexts(viewerTexts);
  const { stop } = useEncoding(file);
  const share = file.converting?.share;
  // It has stopped a second or two after that was asked for, and the next look at the files tells of it.
  const isStopping = stop.isPending || stop.isSuccess;
  const words =
    share === undefined ? t('converting.waiting') : t('converting', { percent: Math.floor(share * 100) });
  return (
    <BelowPoster file={file} title={isStopping ? t('converting.stopping') : words}>
      <p role="status" className="visually-hidden">
        {isStopping && t('converting.stopping')}
      </p>
      <progress className={styles.progress} value={share} aria-label={t('converting.progress')} />
      <p>{t('converting.detail')}</p>
      {file.can?.includes('stop-encoding') && (
        <Button loading={isStopping} onClick={() => stop.mutate(undefined, { onError: complain })}>
          {t('converting.stop')}
        </Button>
      )}
    </BelowPoster>
  );
}

/** A film that browsers do not play. Some do, for browsers differ, so it may be tried. */
function Unplayable({ file, onPlay }: { file: Viewable; onPlay: () => void }) {
  const t = useTexts(viewerTexts);
  const { ask } = useEncoding(file);
  const mayAsk = file.can?.includes('encode');
  const failure = file.unplayable?.failure;
  return (
    <BelowPoster file={file} title={t('unplayable', { codec: file.codec ?? '' })}>
      <p>{failure ?? t(mayAsk ? 'unplayable.detail' : 'unplayable.sign-in')}</p>
      <div className={styles.actions}>
        {mayAsk && (
          <Button
            type="primary"
            loading={ask.isPending}
            onClick={() => ask.mutate(undefined, { onError: complain })}
          >
            {t('unplayable.ask')}
          </Button>
        )}
        <Button onClick={onPlay}>{t('unplayable.anyway')}</Button>
      </div>
    </BelowPoster>
  );
}

function BelowPoster({ file, title, children }: { file: Viewable; title: string; children: ReactNode }) {
  return (
    <div className={styles.converting}>
      {file.poster && <img className={styles.poster} src={file.poster} alt={nameOf(file.path)} />}
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
