import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** A command of ours on a data folder, as the operator types it: what it says, complains of, and its exit code. */
export async function runScript(
  name: string,
  dataDir: string,
  { options = [], env = {} }: { options?: readonly string[]; env?: Record<string, string> } = {},
) {
  const script = fileURLToPath(new URL(`../../scripts/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [script, ...options], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  return { said, complained, code };
}
