import type { ProblemBody } from '../../server/http/contract.ts';
import { shellText } from '../i18n/index.ts';

/**
 * A session that has ended must not cost what somebody has typed: a call that is refused for it waits here until the
 * shell has signed the member in again, and is then repeated.
 */
interface Session {
  /** Whether the member who was signed in is so no more. */
  hasEnded(): Promise<boolean>;
  /** Asks for the password again; resolves to whether the same member is signed in now. */
  renew(): Promise<boolean>;
}

let session: Session | undefined;
let renewing: Promise<boolean> | undefined;

/** The shell says how it asks. */
export function onSessionEnded(how: Session): () => void {
  session = how;
  return () => {
    session = undefined;
  };
}

/**
 * Asks for the password again when that is why a call was refused, once for all calls that wait. What a visitor may not
 * know of is not found, which is all that is said when a member is one no more. A wrong password is refused with 401,
 * too, and is for the form that it was typed in.
 * @returns what there is to tell; nothing when the call is worth repeating
 */
export async function signInAgain(refusal: ProblemBody): Promise<ProblemBody | undefined> {
  if (!session || !(await isForEndedSession(refusal, session))) return refusal;
  renewing ??= session.renew().finally(() => {
    renewing = undefined;
  });
  return (await renewing) ? undefined : sessionEnded();
}

const isForEndedSession = async ({ type, status }: ProblemBody, { hasEnded }: Session) =>
  type === signInNeeded || (status === 404 && (await hasEnded()));

const signInNeeded = '/api/problems/http/sign-in-needed';

/** What a member who is one no more is to be told. */
export const sessionEnded = (): ProblemBody => ({
  type: signInNeeded,
  status: 401,
  title: shellText('sign-in.again'),
  detail: shellText('sign-in.again.not'),
});
