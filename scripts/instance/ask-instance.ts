import { type Caller, callerOf } from './caller.ts';
import { withInstance } from './with-instance.ts';

/**
 * Has the instance do something for the operator, and ends the process: with 0 once `ask` gave true; else with 1, after
 * saying what went wrong and, in `otherwise`, what that leaves undone.
 */
export async function askInstance(
  ask: (operator: Caller) => Promise<boolean>,
  otherwise: string,
): Promise<never> {
  const isDone = await withInstance(({ address, token }) =>
    ask(callerOf(address, { Authorization: `Bearer ${token}` })),
  ).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  });
  if (!isDone) process.stderr.write(`${otherwise}\n`);
  process.exit(isDone ? 0 : 1);
}
