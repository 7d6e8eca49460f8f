import { useMe } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/index.ts';
import { packageTexts } from './i18n.ts';
import styles from './packages.module.css';
import type { Attempt } from './queries.ts';

/** How far the member has come with a package, and whether that is kept. */
export function StandingBar({ attempt: { progress, score }, isLost }: { attempt: Attempt; isLost: boolean }) {
  const t = useTexts(packageTexts);
  const { me: member, isPending } = useMe();
  return (
    <p className={styles.bar} role="status">
      <span>{t(`progress.${progress}`)}</span>
      {score !== null && <span>{t('score', { score })}</span>}
      {!member && !isPending && <span>{t('not-kept')}</span>}
      {isLost && <span role="alert">{t('keep-failed')}</span>}
    </p>
  );
}
