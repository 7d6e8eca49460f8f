/**
 * An expired session must not cost what somebody has typed: a call that is refused waits here until the dialog of
 * the shell has signed the member in again, and is then repeated.
 */
type Ask = () => Promise<boolean>;

let ask: Ask = async () => false;

/** The shell says how it asks; resolves to whether the member is signed in now. */
export function onSignInNeeded(how: Ask): () => void {
  ask = how;
  return () => {
    ask = async () => false;
  };
}

/** @returns whether the call is worth repeating */
export const signInAgain = (): Promise<boolean> => ask();
