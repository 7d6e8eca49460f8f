import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { say } from '../../../components/say.ts';
import { When } from '../../../components/when.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { peopleTexts } from './i18n.ts';
import styles from './pending-invitations.module.css';
import { invitationsQuery, useCancelInvitation } from './queries.ts';

/** Who has been invited and has not come yet. Without anybody, nothing. */
export function PendingInvitations({ organisation }: { organisation: string }) {
  const t = useTexts(peopleTexts);
  const { data = [] } = useQuery(invitationsQuery(organisation));
  const cancel = useCancelInvitation(organisation);
  if (data.length === 0) return null;
  return (
    <section className={styles.pending}>
      <h2>{t('pending')}</h2>
      <ul className={styles.list}>
        {data.map(({ id, email, roles, expiresAt }) => (
          <li key={id} className={styles.row}>
            <span className={styles.email}>{email}</span>
            <span className={styles.quiet}>{roles.map((role) => t(`role.${role}`)).join(' · ')}</span>
            <span className={styles.quiet}>
              {t('pending.until')} <When at={expiresAt} />
            </span>
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('pending.cancel', { email })}
              onClick={() =>
                cancel.mutate(id, {
                  onSuccess: () => say(t('pending.cancelled')),
                  onError: (error) => say(error.message),
                })
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
