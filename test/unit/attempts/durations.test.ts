import { expect, test } from '@jest/globals';
import { secondsIn } from '../../../server/attempts/durations.ts';

test.each([
  ['0000:00:00.00', 0],
  ['00:01:02', 62],
  ['0100:00:00.5', 360_000.5],
  ['PT1H30M5S', 5405],
  ['PT0.48S', 0.48],
  ['P1DT2M', 86_520],
  ['P1M', 30 * 86_400],
])('%s lasts %d seconds', (told, seconds) => {
  expect(secondsIn(told)).toBe(seconds);
});

test.each(['', '12', '1:2:3', 'PT', '-PT5S', 'P1X', null, 12, undefined])('%p counts nothing', (told) => {
  expect(secondsIn(told)).toBe(0);
});
