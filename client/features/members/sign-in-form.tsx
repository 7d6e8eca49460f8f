import { Alert, Button, Form, Input } from 'antd';
import { useId } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useSignIn } from './queries.ts';
import { signInTexts } from './sign-in-texts.ts';

/** E-mail and password; what was typed stays when it was wrong. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useTexts(signInTexts);
  const signIn = useSignIn();
  return (
    <Form<{ email: string; password: string }>
      name={useId()} // there may be another one behind the dialog that this one stands in
      layout="vertical"
      requiredMark={false}
      size="large"
      noValidate
      onFinish={(values) => signIn.mutate(values, { onSuccess: onSignedIn })}
    >
      {signIn.error && (
        <Form.Item>
          <Alert type="error" showIcon title={signIn.error.message} />
        </Form.Item>
      )}
      <Form.Item name="email" label={t('email')} rules={[{ required: true, message: t('email.needed') }]}>
        <Input type="email" autoComplete="username" inputMode="email" autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('submit')}
      </Button>
    </Form>
  );
}
