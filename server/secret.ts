import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';

const fileOf = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>) => join(DATA_DIR, 'secret');

/**
 * The secret that everything is signed with: SECRET, or the file `secret` in DATA_DIR, made at the first start and
 * readable by its owner alone. Use `secretFor` to sign: one key for one purpose.
 * @throws ConfigError when the file is damaged
 */
export function secretOf(config: Pick<Config, 'SECRET' | 'DATA_DIR'>): string {
  if (config.SECRET !== undefined) return config.SECRET;
  mkdirSync(config.DATA_DIR, { recursive: true });
  try {
    // `wx` fails when the file exists: of two first starts, one makes the secret and the other reads it.
    const made = randomBytes(32).toString('base64url');
    writeFileSync(fileOf(config), `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return keptSecret(config);
}

/**
 * The secret in its file.
 * @throws ConfigError when the file is damaged: going on with a new one would end every session without a word
 */
export function keptSecret(config: Pick<Config, 'DATA_DIR'>): string {
  const kept = readFileSync(fileOf(config), 'utf8').trim();
  if (kept.length < 32)
    throw new ConfigError(
      `${fileOf(config)} is damaged. Restore it from a backup, or remove it (everybody signs in anew).`,
    );
  return kept;
}

/** A key for one purpose, derived from the secret: who learns one of them learns nothing of the others. */
export function secretFor(config: Pick<Config, 'SECRET' | 'DATA_DIR'>, purpose: string): string {
  return createHmac('sha256', secretOf(config)).update(purpose).digest('base64url');
}
