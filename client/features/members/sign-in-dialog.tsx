import { Modal } from 'antd';
import { shell, useTexts } from '../../i18n/index.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Signs in over the page where the session has ended. */
export function SignInDialog({ onEnd }: { onEnd: (signedIn: boolean) => void }) {
  const t = useTexts(shell);
  return (
    <Modal open title={t('sign-in.again')} footer={null} width={420} onCancel={() => onEnd(false)}>
      <p>{t('sign-in.again.detail')}</p>
      <SignInForm onSignedIn={() => onEnd(true)} />
    </Modal>
  );
}
