import { resolve } from 'node:path';
import type { Config } from './config.ts';

/** What a start is refused with: a sentence that names what is wrong (setting, file, database) and says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Codes of Node.js, of SQLite and of the embedded document engine, as MongoDB has it. */
const diskFull: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'OutOfDiskSpace'];

/** Why a start failed, in a sentence for whoever runs the product. */
export function whyNotStarted(error: unknown, { DATA_DIR }: Pick<Config, 'DATA_DIR'>): string {
  if (isDiskFull(error))
    return `The disk of ${resolve(DATA_DIR)} (DATA_DIR) is full: make room there and start again; nothing that was acknowledged is lost.`;
  return error instanceof Error ? error.message : String(error);
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const codes = ['code', 'codeName'].map((name) => Reflect.get(error, name));
  return codes.some((code) => diskFull.includes(code)) || isDiskFull(error.cause);
}
