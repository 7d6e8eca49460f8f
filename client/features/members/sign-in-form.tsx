import { Alert, Button, Form, Input } from 'antd';
import { useId } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useSignIn } from './queries.ts';
import { signInTexts } from './sign-in-texts.ts';

/** Whose session has ended. */
export interface SignedOut {
  readonly name: string;
  readonly email: string;
}

interface Props {
  /** Who is to sign in again; somebody else may, but is told what becomes of what was typed. */
  whose?: SignedOut | undefined;
  onSignedIn: () => void;
}

/** E-mail and password; what was typed stays when it was wrong. */
export function SignInForm({ whose, onSignedIn }: Props) {
  const t = useTexts(signInTexts);
  const [form] = Form.useForm<Typed>();
  const email = Form.useWatch('email', form)?.trim().toLowerCase();
  const signIn = useSignIn();
  return (
    <Form<Typed>
      form={form}
      name={useId()} // there may be another one behind the dialog that this one stands in
      layout="vertical"
      requiredMark={false}
      size="large"
      noValidate
      initialValues={{ email: whose?.email }}
      onFinish={(values) => signIn.mutate(values, { onSuccess: onSignedIn })}
    >
      {signIn.error && (
        <Form.Item>
          <Alert type="error" showIcon title={signIn.error.message} />
        </Form.Item>
      )}
      <Form.Item name="email" label={t('email')} rules={[{ required: true, message: t('email.needed') }]}>
        <Input type="email" autoComplete="username" inputMode="email" autoFocus={!whose} />
      </Form.Item>
      {whose && email && email !== whose.email && (
        <Form.Item>
          <Alert type="warning" showIcon title={t('another', { name: whose.name })} />
        </Form.Item>
      )}
      <Form.Item
        name="password"
        label={t('password')}
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus={Boolean(whose)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('submit')}
      </Button>
    </Form>
  );
}

type Typed = { email: string; password: string };
