import type { Entry, ExtraField } from 'yauzl';
import { getFileNameLowLevel } from 'yauzl';

const utf8Flag = 0x0800;
const unicodePath = 0x7075;
const gb18030 = new TextDecoder('gb18030');

/**
 * The names of an archive, as far as they do not say themselves that they are UTF-8 (APPNOTE 4.4.4, bit 11): programs
 * in China write GBK, some on macOS write UTF-8 without telling. One archive is written by one program, so all of its
 * names decide together.
 */
export function namesOf(entries: readonly Entry[]): string[] {
  const untold = entries.filter((entry) => !tellsUtf8(entry)).map(({ fileNameRaw }) => fileNameRaw);
  const isUtf8 = untold.every(isValidUtf8) && untold.some((name) => /\p{Script=Han}/u.test(name.toString()));
  return entries.map((entry) => {
    const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
    if (tellsUtf8(entry)) return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
    return (isUtf8 ? fileNameRaw.toString() : gb18030.decode(fileNameRaw)).replaceAll('\\', '/');
  });
}

function tellsUtf8({ generalPurposeBitFlag, extraFields }: Entry): boolean {
  const hasOwnPath = ({ id, data }: ExtraField) => id === unicodePath && data.length >= 6 && data[0] === 1;
  return (generalPurposeBitFlag & utf8Flag) !== 0 || extraFields.some(hasOwnPath);
}

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
