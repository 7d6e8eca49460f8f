import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { meQuery, useMe } from '../api/me.ts';
import { onSessionEnded } from '../api/session.ts';

const SignInDialog = lazy(async () => ({
  default: (await import('../features/members/sign-in-dialog.tsx')).SignInDialog,
}));

/**
 * Opens the sign-in over the page when a call needs it, so that nothing typed is lost. What one member has begun does
 * not go on in the name of another.
 */
export function SignInAgain() {
  const cache = useQueryClient();
  const { me } = useMe();
  const last = useRef(me?.id);
  last.current = me?.id ?? last.current;
  const [settle, setSettle] = useState<(signedIn: boolean) => void>();
  useEffect(() => {
    const memberNow = async () => (await cache.fetchQuery({ ...meQuery, staleTime: 0 })).member?.id;
    return onSessionEnded({
      hasEnded: async () => last.current !== undefined && (await memberNow()) === undefined,
      async renew() {
        const before = last.current;
        const signedIn = await new Promise<boolean>((resolve) => setSettle(() => resolve));
        return signedIn && (before === undefined || (await memberNow()) === before);
      },
    });
  }, [cache]);
  if (!settle) return null;
  const end = (signedIn: boolean) => {
    settle(signedIn);
    setSettle(undefined);
  };
  return (
    <Suspense>
      <SignInDialog onEnd={end} />
    </Suspense>
  );
}
