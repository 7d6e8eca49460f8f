import { expect, test } from '@jest/globals';
import { formatBytes } from '../../../server/http/contract.ts';

const kilo = 1024;
const mega = kilo ** 2;
const giga = kilo ** 3;

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1536, '1.5 KB'],
  [340 * kilo, '340 KB'],
  [999.4 * kilo, '999 KB'],
  [999.5 * kilo, '1 MB'],
  [1007 * kilo, '1 MB'],
  [1.2 * giga, '1.2 GB'],
  [240 * mega, '240 MB'],
  [1000 * giga, '1 TB'],
  [5000 * kilo ** 4, '5,000 TB'],
])('%d bytes are said as %s, in both languages', (bytes, said) => {
  for (const language of ['zh-CN', 'en'] as const) expect(formatBytes(bytes, language)).toBe(said);
});
