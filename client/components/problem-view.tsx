import { Button } from 'antd';
import { useLocation } from 'react-router';
import { useMe } from '../api/me.ts';
import { ProblemError } from '../api/problem-error.ts';
import { shell, useTexts } from '../i18n/index.ts';
import { LinkButton } from './link-button.tsx';
import { Notice } from './notice.tsx';

interface Props {
  problem: Error;
  /** Tries again what failed. */
  onRetry?: () => unknown;
}

/** Something could not be shown: what happened, what is safe, what to do next. */
export function ProblemView({ problem, onRetry }: Props) {
  const t = useTexts(shell);
  const { me, isPending } = useMe();
  const { pathname, search } = useLocation();
  const known = problem instanceof ProblemError ? problem : undefined;
  const next = `/sign-in?next=${encodeURIComponent(pathname + search)}`;
  // What a visitor may not see is not found for them: a link that a colleague sent.
  const asksWho = known?.status === 401 || (known?.status === 404 && !me && !isPending);
  const mayHelp = known === undefined || known.mayPass;
  return (
    <Notice
      role="alert"
      title={known?.problem.title ?? t('broken')}
      detail={known?.problem.detail ?? t('broken.detail')}
      footnote={known?.problem.requestId && t('request-id', { id: known.problem.requestId })}
      actions={
        <>
          {asksWho && (
            <LinkButton to={next} type="primary">
              {t(known.status === 401 ? 'sign-in' : 'sign-in.to-see')}
            </LinkButton>
          )}
          {mayHelp && onRetry && (
            <Button type="primary" onClick={() => onRetry()}>
              {t('try-again')}
            </Button>
          )}
          {!mayHelp && known?.status !== 401 && <LinkButton to="/">{t('go-home')}</LinkButton>}
        </>
      }
    />
  );
}
