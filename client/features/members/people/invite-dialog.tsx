import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { organisationRoles } from '../../../../server/access/contract.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './dialogs.module.css';
import { peopleTexts } from './i18n.ts';
import { LinkDialog } from './link-dialog.tsx';
import { type OrganisationRole, useInvite } from './queries.ts';

interface Props {
  organisation: { id: string; name: string };
  onEnd: () => void;
}

/** Invites somebody by a link that is passed on by hand. */
export function InviteDialog({ organisation, onEnd }: Props) {
  const t = useTexts(peopleTexts);
  const invite = useInvite(organisation.id);
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<OrganisationRole[]>(['teacher']);
  const [tried, setTried] = useState(false);
  const missing = !/^\S+@\S+\.\S+$/.test(email.trim());
  const wrong = invite.error instanceof ProblemError ? invite.error.fields.email : undefined;

  if (invite.data)
    return (
      <LinkDialog
        name={invite.data.invitation.email}
        path={invite.data.link.path}
        expiresAt={invite.data.link.expiresAt}
        onEnd={onEnd}
      />
    );
  return (
    <Dialog
      title={t('invite.title', { organisation: organisation.name })}
      go={{
        words: t('invite.go'),
        run() {
          setTried(true);
          if (!missing) invite.mutate({ email, roles });
        },
        isBusy: invite.isPending,
        isDisabled: roles.length === 0,
      }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('invite.hint')}</p>
        <Field
          label={t('invite.email')}
          required
          error={wrong ?? invite.error?.message ?? (tried && missing ? t('invite.email.needed') : undefined)}
        >
          {(ids) => (
            <Input
              {...ids}
              autoFocus
              type="email"
              value={email}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </Field>
        <Field label={t('roles')} required>
          {({ id: _, ...aria }) => (
            <Checkbox.Group
              {...aria}
              value={roles}
              onChange={(next) => setRoles(organisationRoles.filter((role) => next.includes(role)))}
            >
              <div className={styles.roles}>
                {organisationRoles.map((role) => (
                  <Checkbox key={role} value={role}>
                    {t(`role.${role}`)}
                    <span className={styles.does}>{t(`role.${role}.does`)}</span>
                  </Checkbox>
                ))}
              </div>
            </Checkbox.Group>
          )}
        </Field>
      </div>
    </Dialog>
  );
}
