import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { getMe } from '../../server/members/contract.ts';
import { call } from '../api/call.ts';
import { useMe } from '../api/me.ts';
import { onSessionEnded } from '../api/session.ts';
import { say } from '../components/say.ts';
import { shellText } from '../i18n/index.ts';

const SignInDialog = lazy(async () => ({
  default: (await import('../features/members/sign-in-dialog.tsx')).SignInDialog,
}));

/** Asked past the cache: pages that hear of nobody give way to the sign-in, with all that was typed in them. */
const memberNow = async () => (await call(getMe)).member?.id;

/**
 * Opens the sign-in over the page when a call needs it, so that nothing typed is lost. What one member has begun does
 * not go on in the name of another.
 */
export function SignInAgain() {
  const { me, isPending } = useMe();
  const last = useRef(me?.id);
  last.current = isPending ? undefined : (me?.id ?? last.current); // asked anew from nothing after signing out
  const [settle, setSettle] = useState<(signedIn: boolean) => void>();
  useEffect(
    () =>
      onSessionEnded({
        hasEnded: async () => last.current !== undefined && (await memberNow()) === undefined,
        async renew() {
          const before = last.current;
          const signedIn = await new Promise<boolean>((resolve) => setSettle(() => resolve));
          if (!signedIn || before === undefined || (await memberNow()) === before) return signedIn;
          say(shellText('sign-in.another'));
          return false;
        },
      }),
    [],
  );
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
