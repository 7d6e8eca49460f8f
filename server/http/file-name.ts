import { create } from 'content-disposition';

/** A name that Windows takes, too: without its signs, dots or spaces at the end, or the name of a device. */
export const portableName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/[. ]$/, '_')
    .replace(/^(con|prn|aux|nul|(com|lpt)[\d¹²³])(?= *(\.|$))/i, '$1_');

/**
 * `Content-Disposition` with a file name in any language (RFC 6266). Programs that know ASCII alone get `download`
 * with the extension.
 */
export function dispositionFor(name: string, type: 'attachment' | 'inline' = 'attachment'): string {
  const saved = portableName(name);
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(saved)?.[0] ?? '';
  const isPlain = /^[\x20-\x7e]*$/.test(saved);
  return create(saved, { type, ...(!isPlain && { fallback: `download${extension}` }) });
}
