import { useQuery } from '@tanstack/react-query';
import { Steps } from 'antd';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { useMe } from '../api/me.ts';
import { LinkButton } from '../components/link-button.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { TextSkeleton } from '../components/skeletons.tsx';
import { setUpQuery, useSetUp } from '../features/members/queries.ts';
import { begun, keepBegun } from '../features/members/set-up-begun.ts';
import { SetUpDone } from '../features/members/set-up-done.tsx';
import { SetUpForm } from '../features/members/set-up-form.tsx';
import { setUpTexts } from '../features/members/set-up-texts.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './set-up-page.module.css';

/** Names the group, its first organisation and its administrator. It ends with something useful to do. */
export function SetUpPage() {
  const t = useTexts(setUpTexts);
  const words = useTexts(shell);
  const { me } = useMe();
  const token = useLocation().hash.slice(1);
  const { data, error, isPending, refetch } = useQuery(setUpQuery);
  const [step, setStep] = useState(() => begun().step);
  const setUp = useSetUp();
  function goTo(next: number) {
    setStep(next);
    keepBegun({ step: next });
  }

  if (setUp.isSuccess) {
    const group = setUp.variables.groupName;
    return (
      <Page title={t('done.title', { group })} quietTitle>
        <SetUpDone group={group} />
      </Page>
    );
  }
  return (
    <Page title={t('title')} quietTitle>
      <div className={styles.card}>
        {isPending && <TextSkeleton />}
        {error && <ProblemView problem={error} onRetry={refetch} />}
        {data?.open === false && (
          <Notice
            title={t('closed')}
            detail={me ? undefined : t('closed.detail')}
            actions={
              <LinkButton to={me ? '/' : '/sign-in'} type="primary">
                {me ? words('go-home') : words('sign-in')}
              </LinkButton>
            }
          />
        )}
        {data?.open && token === '' && <Notice title={t('title')} detail={t('no-token')} />}
        {data?.open && token !== '' && (
          <>
            <div>
              <h2 className={styles.title}>{t('title')}</h2>
              <p className={styles.lead}>{t('lead')}</p>
            </div>
            <Steps
              current={step}
              size="small"
              responsive={false}
              titlePlacement="vertical"
              items={[
                { title: t('step.group') },
                { title: t('step.organisation') },
                { title: t('step.person') },
              ]}
            />
            <SetUpForm token={token} step={step} onStep={goTo} setUp={setUp} />
          </>
        )}
      </div>
    </Page>
  );
}
