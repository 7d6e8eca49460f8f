import { z } from 'zod';
import { BadStoreAddress, readStoreAddress } from '../storage/objects/store-address.ts';
import type { Retention } from './backups/retention.ts';

/** How values of settings are read; the message of each shape says what would be right. */

export const flag = z
  .enum(['true', 'false'], { error: 'true or false' })
  .transform((value) => value === 'true');

export const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

export const number = (least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z
    .string({ error })
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
};
export const port = number(0, 65535);

export const text = (least = 1, most = Number.POSITIVE_INFINITY) => {
  const error =
    most === Number.POSITIVE_INFINITY ? `at least ${least} characters` : `${least} to ${most} characters`;
  return z.string({ error }).min(least, { error }).max(most, { error });
};

export const mail = z.email({ error: 'an e-mail address' });

const isWeb = { protocol: /^https?$/, error: 'an address that begins with http:// or https://' };
export const address = z.url(isWeb).transform((url) => url.replace(/\/+$/, ''));

/** The address of a server of ours, as browsers name its origin. */
export const origin = z
  .url(isWeb)
  .transform((url) => new URL(url))
  .refine(({ href, origin }) => href === `${origin}/`, {
    error: 'scheme, host and port alone, such as https://library.example:8443',
  })
  .transform((url) => url.origin);

export const byteSize = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([KMGT]i?B|B)?$/i, { error: 'a size such as 500MB or 20GB' })
  .transform((text) => {
    const [, amount = '0', unit = 'B'] = /^([\d.]+)\s*(\w*)$/.exec(text) ?? [];
    const power = 'BKMGT'.indexOf((unit[0] ?? 'B').toUpperCase());
    return Math.round(Number(amount) * 1024 ** power);
  });

const period = '(last|hourly|daily|weekly|monthly|yearly) +[1-9][0-9]{0,3}';
export const retention = z
  .string()
  .regex(new RegExp(`^${period}( *, *${period})*$`), {
    error: 'how many of which, such as daily 7, weekly 5, monthly 12; also last, hourly, yearly',
  })
  .transform((text): Retention => {
    const parts = text.split(',').map((part) => part.trim().split(/ +/));
    return Object.fromEntries(parts.map(([name, count]) => [name, Number(count)]));
  });

/** A second store: kept as it was given, once it is known to name one. */
export const store = z.string().superRefine((given, context) => {
  try {
    readStoreAddress(given);
  } catch (error) {
    if (!(error instanceof BadStoreAddress)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});
