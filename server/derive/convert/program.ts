import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Reason } from '../contract.ts';
import { NotConvertible } from './conversion.ts';

const run = promisify(execFile);

/**
 * Runs a program of the system on a file. Resolves with what it wrote to its standard output.
 * @param missing the reason when it is not installed
 * @throws NotConvertible when it is missing or refuses the file; an Error when it was killed, or crashed
 */
export async function runProgram(program: string, args: readonly string[], missing: Reason): Promise<string> {
  try {
    const { stdout } = await run(program, args, { maxBuffer: 4 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw faultOf(error as Ended, missing);
  }
}

/** How a program ended, or why it did not begin. */
interface Ended extends Partial<Error> {
  code?: unknown;
  signal?: unknown;
}

/** What it means for the file that a program did not end well. */
export function faultOf(ended: Ended, missing: Reason): Error {
  const { code, signal } = ended;
  // A shell tells the signal by its code.
  if (signal || Number(code) > 128)
    return ended instanceof Error ? ended : new Error(`The program ended with ${signal ?? code}`);
  return new NotConvertible(code === 'ENOENT' ? missing : 'damaged');
}
