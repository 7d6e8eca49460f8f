import { Dialog } from '../../components/dialog.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import styles from './sign-in-dialog.module.css';
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
      <p className={styles.detail}>
        {whose ? t('sign-in.again.of', { ...whose }) : t('sign-in.again.detail')}
      </p>
      <SignInForm whose={whose} onSignedIn={() => onEnd(true)} />
    </Dialog>
  );
}
