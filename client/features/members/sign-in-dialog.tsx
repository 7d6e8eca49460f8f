import { Dialog } from '../../components/dialog.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { type SignedOut, SignInForm } from './sign-in-form.tsx';

interface Props {
  /** Whose session has ended. */
  whose: SignedOut | undefined;
  onEnd: (signedIn: boolean) => void;
}

/** Signs in over the page where the session has ended. */
export function SignInDialog({ whose, onEnd }: Props) {
  const t = useTexts(shell);
  return (
    <Dialog title={t('sign-in.again')} foot={null} width={420} onEnd={() => onEnd(false)}>
      <p>
        {whose && t('sign-in.again.of', { ...whose })} {t('sign-in.again.detail')}
      </p>
      <SignInForm whose={whose} onSignedIn={() => onEnd(true)} />
    </Dialog>
  );
}
