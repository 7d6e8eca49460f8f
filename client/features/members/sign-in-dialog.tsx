import { Dialog } from '../../components/dialog.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Signs in over the page where the session has ended. */
export function SignInDialog({ onEnd }: { onEnd: (signedIn: boolean) => void }) {
  const t = useTexts(shell);
  return (
    <Dialog title={t('sign-in.again')} foot={null} width={420} onEnd={() => onEnd(false)}>
      <p>{t('sign-in.again.detail')}</p>
      <SignInForm onSignedIn={() => onEnd(true)} />
    </Dialog>
  );
}
