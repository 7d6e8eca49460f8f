import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Reason } from '../contract.ts';
import { NotConvertible } from './conversion.ts';

const run = promisify(execFile);

/**
 * Runs a program of the system on a file.
 * @param missing the reason when it is not installed
 * @throws NotConvertible when it is missing or refuses the file; an Error when it was killed, or crashed
 */
export async function runProgram(program: string, args: readonly string[], missing: Reason): Promise<void> {
  try {
    await run(program, args, { maxBuffer: 1024 * 1024 });
  } catch (error) {
    const { code, signal } = error as { code?: unknown; signal?: unknown };
    if (signal || Number(code) > 128) throw error; // a shell tells the signal by its code
    throw new NotConvertible(code === 'ENOENT' ? missing : 'damaged');
  }
}
