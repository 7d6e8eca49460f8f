import { useCallback, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { Opening } from '../opening.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import { useAttempt } from './attempt.ts';
import { packageTexts } from './i18n.ts';
import type { PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { SandboxFrame } from './sandbox-frame.tsx';
import { StandingBar } from './standing-bar.tsx';

/** What H5P's own parts say, by the names that they ask for it under; contents bring their words with them. */
const ownWords = [
  'fullscreen',
  'disableFullscreen',
  'confirmDialogHeader',
  'confirmDialogBody',
  'confirmLabel',
  'cancelLabel',
  'close',
] as const;

/** An H5P package at work, with the points that it has given; one that lacks something says what. */
export function H5pPlayer(props: PackageProps) {
  const t = useTexts(packageTexts);
  const { file, play } = props;
  const { before, latest, loss, error, keepCmi } = useAttempt(props);
  const [isReady, setReady] = useState(false);
  const [failure, setFailure] = useState<{ key: 'h5p.missing' | 'h5p.broken'; name: string }>();
  const onSaid = useCallback(
    ({ cmi, ready, missing, broken }: Record<string, unknown>) => {
      if (typeof missing === 'string') setFailure({ key: 'h5p.missing', name: missing.slice(0, 100) });
      else if (typeof broken === 'string') setFailure({ key: 'h5p.broken', name: broken.slice(0, 100) });
      else if (ready === true) setReady(true);
      else keepCmi(cmi);
    },
    [keepCmi],
  );
  if (failure) return <NotOpened because={t(failure.key, { name: failure.name })} />;
  if (error) return <NotOpened />;
  return (
    <div className={styles.package} style={{ flex: 1, minWidth: 0 }}>
      {!isReady && <Opening path={file.path} poster={file.poster} />}
      {before && (
        <div
          className={isReady ? styles.package : styles.preparing}
          style={{ flex: isReady ? 1 : undefined }}
        >
          <SandboxFrame
            src={`${play}.courseyard/h5p.html`}
            title={nameOf(file.path)}
            given={{
              cmi: before.cmi,
              words: Object.fromEntries(ownWords.map((word) => [word, t(`h5p.${word}`)])),
            }}
            onSaid={onSaid}
          />
        </div>
      )}
      {latest && <StandingBar attempt={latest} loss={loss} />}
    </div>
  );
}
