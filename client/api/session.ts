import type { ProblemBody } from '../../server/http/contract.ts';

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
 * @returns whether the call is worth repeating
 */
export async function signInAgain({ type, status }: ProblemBody): Promise<boolean> {
  if (!session) return false;
  const isWhy = type.endsWith('/http/sign-in-needed') || (status === 404 && (await session.hasEnded()));
  if (!isWhy) return false;
  renewing ??= session.renew().finally(() => {
    renewing = undefined;
  });
  return renewing;
}
