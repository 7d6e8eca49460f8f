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

/** Who is asked to sign in again, and what waits for it. */
interface Asked {
  readonly whose: ReturnType<typeof useMe>['me'];
  readonly settle: (signedIn: boolean) => void;
}

/** Asked past the cache: pages that hear of nobody give way to the sign-in, with all that was typed in them. */
const memberNow = async () => (await call(getMe)).member?.id;

/**
 * Opens the sign-in over the page when a call needs it, so that nothing typed is lost. What one member has begun does
 * not go on in the name of another.
 */
export function SignInAgain() {
  const { me, isPending } = useMe();
  const last = useRef(me);
  last.current = isPending ? undefined : (me ?? last.current); // asked anew from nothing after signing out
  const [asked, setAsked] = useState<Asked>();
  useEffect(
    () =>
      onSessionEnded({
        hasEnded: async () => last.current !== undefined && (await memberNow()) === undefined,
        async renew() {
          const before = last.current;
          const signedIn = await new Promise<boolean>((settle) => setAsked({ whose: before, settle }));
          if (!signedIn || before === undefined || (await memberNow()) === before.id) return signedIn;
          say(shellText('sign-in.another', { name: before.name }));
          return false;
        },
      }),
    [],
  );
  if (!asked) return null;
  const end = (signedIn: boolean) => {
    asked.settle(signedIn);
    setAsked(undefined);
  };
  return (
    <Suspense>
      <SignInDialog whose={asked.whose} onEnd={end} />
    </Suspense>
  );
}
