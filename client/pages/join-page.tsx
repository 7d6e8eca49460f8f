import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { isProblem } from '../api/problem-error.ts';
import { LinkButton } from '../components/link-button.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { TextSkeleton } from '../components/skeletons.tsx';
import { joinTexts } from '../features/members/join-texts.ts';
import { invitationQuery, useAcceptInvitation } from '../features/members/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './sign-in-page.module.css';

/** Where an invitation leads: name and password, then one is in. */
export function JoinPage() {
  const { token = '' } = useParams();
  const t = useTexts(joinTexts);
  const words = useTexts(shell);
  const navigate = useNavigate();
  const { data: invitation, error, isPending, refetch } = useQuery(invitationQuery(token));
  const accept = useAcceptInvitation(token);
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  const isOver = isProblem(error, 'members/invitation-over');
  const title = !invitation
    ? t(isOver ? 'over' : 'opening')
    : invitation.isMember
      ? t('title.member')
      : t('title', { organisation: invitation.organisation });
  return (
    <Page title={title} quietTitle>
      <div className={styles.card}>
        {isPending && <TextSkeleton />}
        {isOver && (
          <Notice
            role="alert"
            title={t('over')}
            detail={error.message}
            actions={<LinkButton to="/sign-in">{words('sign-in')}</LinkButton>}
          />
        )}
        {error && !isOver && <ProblemView problem={error} onRetry={refetch} />}
        {invitation && (
          <>
            <h2>{title}</h2>
            <p className={styles.quiet}>
              {invitation.isMember
                ? t('lead.member', { email: invitation.email })
                : t('lead', { group: invitation.group, email: invitation.email })}
            </p>
            <Form<{ name: string; password: string }>
              layout="vertical"
              requiredMark={false}
              size="large"
              initialValues={{ name: invitation.name }}
              onFinish={(values) =>
                accept.mutate(values, { onSuccess: () => navigate('/', { replace: true }) })
              }
            >
              <Form.Item name="name" label={t('name')} rules={needed}>
                <Input maxLength={60} autoComplete="name" />
              </Form.Item>
              <Form.Item name="password" label={t('password')} extra={t('password.hint')} rules={needed}>
                <Input.Password autoComplete="new-password" />
              </Form.Item>
              {accept.error && (
                <Form.Item>
                  <Alert type="error" showIcon title={accept.error.message} />
                </Form.Item>
              )}
              <Button type="primary" htmlType="submit" block loading={accept.isPending}>
                {invitation.isMember ? t('submit.member') : t('submit')}
              </Button>
            </Form>
          </>
        )}
      </div>
    </Page>
  );
}
