import { Button, Input } from 'antd';
import { useState } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { Field } from '../../../components/field.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { meTexts } from './i18n.ts';
import styles from './panel.module.css';
import { Panel } from './panel.tsx';
import { useChangePassword } from './queries.ts';

/** Changes the own password. */
export function PasswordPanel() {
  const t = useTexts(meTexts);
  const change = useChangePassword();
  const [values, setValues] = useState({ currentPassword: '', newPassword: '' });
  const wrong = isProblem(change.error, 'members/wrong-password');
  return (
    <Panel title={t('password')} hint={t('password.hint')}>
      <Field label={t('password.now')} error={wrong ? change.error?.message : undefined}>
        {(ids) => (
          <Input.Password
            {...ids}
            autoComplete="current-password"
            value={values.currentPassword}
            onChange={({ target }) => setValues({ ...values, currentPassword: target.value })}
          />
        )}
      </Field>
      <Field label={t('password.new')} error={wrong ? undefined : change.error?.message}>
        {(ids) => (
          <Input.Password
            {...ids}
            autoComplete="new-password"
            value={values.newPassword}
            onChange={({ target }) => setValues({ ...values, newPassword: target.value })}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <Button
          loading={change.isPending}
          disabled={values.currentPassword === '' || values.newPassword === ''}
          onClick={() =>
            change.mutate(values, {
              onSuccess: () => {
                setValues({ currentPassword: '', newPassword: '' });
                say(t('password.done'));
              },
            })
          }
        >
          {t('password.change')}
        </Button>
      </div>
    </Panel>
  );
}
