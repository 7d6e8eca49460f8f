import { create } from 'content-disposition';

/**
 * `Content-Disposition` with a file name in any language (RFC 6266). Programs that know ASCII alone get `download`
 * with the extension.
 */
export function dispositionFor(name: string, type: 'attachment' | 'inline' = 'attachment'): string {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  return create(name, { type, ...(!isPlain && { fallback: `download${extension}` }) });
}
