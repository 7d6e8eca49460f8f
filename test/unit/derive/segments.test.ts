import { expect, test } from '@jest/globals';
import { needsSegments } from '../../../server/derive/recipes.ts';

const lecture = { seconds: 2700, videoCodec: 'h264', audioCodec: 'aac', isPlayable: true };
const forward = { isTagged: true, yaw: 0, pitch: 0, tilt: 0, roll: 0 };

test('a long film of H.264 and AAC, or without sound, is cut into segments', () => {
  expect(needsSegments({ media: lecture })).toBe(true);
  expect(needsSegments({ media: { ...lecture, seconds: 300 } })).toBe(true);
  const { audioCodec: _, ...silent } = lecture;
  expect(needsSegments({ media: silent })).toBe(true);
});

test.each([
  ['it is short', { media: { ...lecture, seconds: 299 } }],
  ['its length is not known', { media: { videoCodec: 'h264', isPlayable: true } }],
  ['it would have to be encoded', { media: { ...lecture, videoCodec: 'vp9' } }],
  ['its sound would have to be encoded', { media: { ...lecture, audioCodec: 'mp3' } }],
  ['it is converted anyway', { media: { ...lecture, isPlayable: false } }],
  ['it is a recording without pictures', { media: { seconds: 2700, audioCodec: 'aac', isPlayable: true } }],
  ['a player for spheres plays it', { media: lecture, sphere: forward }],
  ['nothing could be told of it', {}],
])('nothing is cut when %s', (_, facts) => expect(needsSegments(facts)).toBe(false));
