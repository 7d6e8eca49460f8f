import { weakPassword } from './problems.ts';

/** Characters of a password. */
export const passwordLength = { min: 10, max: 128 } as const;

/** Beginnings of what is guessed first; a password that is one of them, repeated or counted up, is no secret. */
const common = [
  'password',
  'passw0rd',
  'admin',
  'administrator',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t',
  '1qaz2wsx',
  'woaini',
  'iloveyou',
  'letmein',
  'welcome',
  'abc',
  'a123456789',
  '5201314',
  'courseyard',
];

export type PasswordFault = 'short' | 'long' | 'common' | 'personal';

/** What is wrong with a password, or nothing. Length counts, variety of signs does not (NIST SP 800-63B, 3.1.1). */
export function passwordFault(
  password: string,
  about: { email: string; name: string },
): PasswordFault | undefined {
  const length = [...password].length;
  if (length < passwordLength.min) return 'short';
  if (password.length > passwordLength.max) return 'long';
  const plain = password.normalize('NFKC').toLowerCase();
  if (isSequence(plain) || new Set(plain).size < 4) return 'common';
  const rest = plain.replace(/[\d!@#$%^&*._-]+/g, '');
  if (common.some((word) => rest === word || plain === word || rest === word.repeat(2))) return 'common';
  const personal = [about.email, about.email.split('@')[0] ?? '', about.name].map((text) =>
    text.toLowerCase(),
  );
  if (personal.some((text) => text.length >= 3 && (rest === text || plain === text))) return 'personal';
  return undefined;
}

/** @throws weakPassword with what is wrong, and the field of the request that it stands in */
export function assertPassword(
  password: string,
  about: { email: string; name: string },
  field = 'password',
): void {
  const fault = passwordFault(password, about);
  if (fault) throw weakPassword({ fault, ...passwordLength, field });
}

/** 1234567890, abcdefghij, 9876543210: every sign is the neighbour of the one before. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((_, i) => text.charCodeAt(i + 1) - text.charCodeAt(i));
  const counted = steps.map((step) => (step === -9 ? 1 : step === 9 ? -1 : step));
  return counted.length > 0 && (counted.every((s) => s === 1) || counted.every((s) => s === -1));
}
