import { Notice } from '../../components/notice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { signInTexts } from './sign-in-texts.ts';

/** Where signing in would lead nowhere yet: how the first administrator comes in. */
export function NotSetUp() {
  const t = useTexts(signInTexts);
  return <Notice title={t('not-set-up')} detail={t('not-set-up.detail')} />;
}
