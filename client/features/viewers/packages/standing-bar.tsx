import { useMe } from '../../../api/me.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { useTexts } from '../../../i18n/index.ts';
import { packageTexts } from './i18n.ts';
import styles from './packages.module.css';
import type { Attempt } from './queries.ts';

interface Props {
  attempt: Attempt;
  /** Why the latest was not kept. */
  loss: Error | undefined;
}

/** How far the member has come with a package, and whether that is kept. */
export function StandingBar({ attempt: { progress, score }, loss }: Props) {
  const t = useTexts(packageTexts);
  const { me: member, isPending } = useMe();
  return (
    <p className={styles.bar} role="status">
      <span>{t(`progress.${progress}`)}</span>
      {score !== null && <span>{t('score', { score })}</span>}
      {!member && !isPending && <span>{t('not-kept')}</span>}
      {loss && <span role="alert">{wasRefused(loss) ? loss.message : t('keep-failed')}</span>}
    </p>
  );
}

/** Whether the server has answered, which says why; otherwise it was not reached. */
const wasRefused = (loss: Error) => loss instanceof ProblemError && loss.status >= 400 && loss.status < 500;
