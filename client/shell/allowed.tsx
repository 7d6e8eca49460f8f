import type { ReactNode } from 'react';
import { useMe } from '../api/me.ts';
import { ProblemError } from '../api/problem-error.ts';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { type PlainKey, shell, useTexts } from '../i18n/index.ts';
import type { zhCN } from '../i18n/zh-CN.ts';
import { PageSkeleton } from './page-skeleton.tsx';

interface Props {
  title: PlainKey<typeof zhCN>;
  /** What one must be allowed to do; without it, everybody who has signed in is let through. */
  ask?: readonly [action: string, subject: string];
  children: ReactNode;
}

/** A page for those who can use it: a visitor is offered to sign in, a member told whom to ask, nothing else. */
export function Allowed({ title, ask, children }: Props) {
  const t = useTexts(shell);
  const { me, may, group, isPending } = useMe();
  if (isPending) return <PageSkeleton />;
  // When nobody could say who is signed in, the page itself tells what is wrong.
  if (!group || (ask ? may(...ask) : me)) return children;
  const problem = new ProblemError({
    type: me ? '/api/problems/access/forbidden' : '/api/problems/http/sign-in-needed',
    status: me ? 403 : 401,
    title: t(me ? 'refused' : 'sign-in.needed'),
    detail: t(me ? 'refused.detail' : 'sign-in.needed.detail'),
  });
  return (
    <Page title={t(title)}>
      <ProblemView problem={problem} />
    </Page>
  );
}
