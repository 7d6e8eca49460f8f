import { lazy, Suspense, useEffect, useState } from 'react';
import { onSignInNeeded } from '../api/session.ts';

const SignInDialog = lazy(async () => ({
  default: (await import('../features/members/sign-in-dialog.tsx')).SignInDialog,
}));

/** Opens the sign-in over the page when a call needs it, so that nothing typed is lost. */
export function SignInAgain() {
  const [settle, setSettle] = useState<(signedIn: boolean) => void>();
  useEffect(() => onSignInNeeded(() => new Promise<boolean>((resolve) => setSettle(() => resolve))), []);
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
