import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { cadReaderFolder, converterEnvironment } from '../config.ts';
import type { Reason } from './contract.ts';

const run = promisify(execFile);
const longest = 60_000;

/** Whether what a server lacked when it gave this reason is there now, for converters: it is looked for anew each time. */
export const isInstalled = async (reason: Reason): Promise<boolean> => (await look[reason]?.()) ?? false;

const look: Partial<Record<Reason, () => Promise<boolean>>> = {
  'program-missing': async () => (await begins('ffmpeg')) && begins('ffprobe'),
  'office-missing': () => begins('soffice'),
  'heif-missing': () => begins('heif-convert'),
  'ocr-missing': async () => /^(chi_sim|eng)$/m.test((await told('tesseract', '--list-langs')) ?? ''),
  'cad-missing': async () => {
    const folder = cadReaderFolder();
    try {
      createRequire(import.meta.url).resolve(folder === undefined ? 'occt-import-js' : resolve(folder));
      return true;
    } catch {
      return false;
    }
  },
};

const begins = async (program: string): Promise<boolean> => (await told(program, '--version')) !== undefined;

/** What a program says, though it may complain; undefined when there is none of this name. */
async function told(program: string, argument: string): Promise<string | undefined> {
  try {
    return (await run(program, [argument], { timeout: longest, env: converterEnvironment() })).stdout;
  } catch (error) {
    return (error as { code?: unknown }).code === 'ENOENT' ? undefined : '';
  }
}
