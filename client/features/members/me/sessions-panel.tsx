import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ProblemView } from '../../../components/problem-view.tsx';
import { say } from '../../../components/say.ts';
import { TextSkeleton } from '../../../components/skeletons.tsx';
import { When } from '../../../components/when.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { browserIn } from './browser-name.ts';
import { meTexts } from './i18n.ts';
import styles from './panel.module.css';
import { Panel } from './panel.tsx';
import { sessionsQuery, useRevokeSession } from './queries.ts';

/** Where one is signed in, and the way to end it there. */
export function SessionsPanel() {
  const t = useTexts(meTexts);
  const { data, error, isPending, refetch } = useQuery(sessionsQuery);
  const revoke = useRevokeSession();
  return (
    <Panel title={t('sessions')} hint={t('sessions.hint')}>
      {isPending && <TextSkeleton lines={2} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && (
        <ul className={styles.list}>
          {data.map(({ id, current, address, browser, createdAt }) => {
            const name = browserIn(browser) ?? t('session.unknown');
            return (
              <li key={id} className={styles.row}>
                <span className={styles.words}>
                  {name}
                  <span className={styles.quiet}>
                    {address} · {t('session.since')} <When at={createdAt} />
                  </span>
                </span>
                {current ? (
                  <span className={styles.here}>{t('session.current')}</span>
                ) : (
                  <Button
                    size="small"
                    aria-label={t('session.end', { browser: name })}
                    onClick={() =>
                      revoke.mutate(id, {
                        onSuccess: () => say(t('session.ended')),
                        onError: (problem) => say(problem.message),
                      })
                    }
                  >
                    {t('session.end.short')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
