import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { meQuery } from '../api/me.ts';
import { LinkButton } from '../components/link-button.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { TextSkeleton } from '../components/skeletons.tsx';
import { AboutPanel } from '../features/members/me/about-panel.tsx';
import { meTexts } from '../features/members/me/i18n.ts';
import { PasswordPanel } from '../features/members/me/password-panel.tsx';
import { SessionsPanel } from '../features/members/me/sessions-panel.tsx';
import { TokensPanel } from '../features/members/me/tokens-panel.tsx';
import { useTermOptions } from '../features/vocabularies/term-options.ts';
import { shell, useTexts } from '../i18n/index.ts';

/** What a member says of themselves, and how they get in. */
export function ProfilePage() {
  const t = useTexts(meTexts);
  const words = useTexts(shell);
  const { data, error, isPending, refetch } = useQuery(meQuery);
  const majors = useTermOptions('majors');
  return (
    <Page title={t('title')}>
      {isPending && <TextSkeleton lines={6} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && !data.member && (
        <Notice
          title={words('sign-in')}
          actions={
            <LinkButton type="primary" to="/sign-in?next=/profile">
              {words('sign-in')}
            </LinkButton>
          }
        />
      )}
      {data?.member && (
        <Fragment key={data.member.id}>
          <AboutPanel majors={majors.filter(({ value }) => value.length >= 6)} />
          <PasswordPanel />
          <SessionsPanel />
          <TokensPanel />
        </Fragment>
      )}
    </Page>
  );
}
