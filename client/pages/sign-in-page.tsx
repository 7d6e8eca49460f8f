import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { Page } from '../components/page.tsx';
import { NotSetUp } from '../features/members/not-set-up.tsx';
import { setUpQuery } from '../features/members/queries.ts';
import { SignInForm } from '../features/members/sign-in-form.tsx';
import { signInTexts } from '../features/members/sign-in-texts.ts';
import { useTexts } from '../i18n/index.ts';
import { Logo } from '../shell/logo.tsx';
import styles from './sign-in-page.module.css';

export function SignInPage() {
  const t = useTexts(signInTexts);
  const navigate = useNavigate();
  const { data } = useQuery(setUpQuery);
  const next = useSearchParams()[0].get('next') ?? '/';
  const safeNext = /^\/(?![/\\])/.test(next) ? next : '/';
  return (
    <Page title={t('title')} quietTitle>
      <div className={styles.card}>
        <Logo />
        <h2>{t('title')}</h2>
        {data?.open ? (
          <NotSetUp />
        ) : (
          <>
            <p className={styles.quiet}>{t('welcome')}</p>
            <SignInForm onSignedIn={() => navigate(safeNext, { replace: true })} />
            <p className={styles.quiet}>{t('forgotten')}</p>
            <p className={styles.quiet}>{t('invited')}</p>
          </>
        )}
      </div>
    </Page>
  );
}
