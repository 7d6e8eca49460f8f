import { useCallback, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import { useAttempt } from './attempt.ts';
import { packageTexts } from './i18n.ts';
import type { PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { SandboxFrame } from './sandbox-frame.tsx';
import { StandingBar } from './standing-bar.tsx';

/** An H5P package at work, with the points that it has given; one that lacks something says what. */
export function H5pPlayer(props: PackageProps) {
  const t = useTexts(packageTexts);
  const { file, play } = props;
  const { latest, isLost, keepCmi } = useAttempt(props);
  const [failure, setFailure] = useState<string>();
  const onSaid = useCallback(
    ({ cmi, failed }: Record<string, unknown>) => {
      if (typeof failed === 'string') setFailure(failed.slice(0, 200));
      else keepCmi(cmi);
    },
    [keepCmi],
  );
  if (failure !== undefined) return <NotOpened because={t('h5p.failed', { reason: failure })} />;
  return (
    <div className={styles.package} style={{ flex: 1, minWidth: 0 }}>
      <SandboxFrame src={`${play}.courseyard/h5p.html`} title={nameOf(file.path)} onSaid={onSaid} />
      {latest && <StandingBar attempt={latest} isLost={isLost} />}
    </div>
  );
}
