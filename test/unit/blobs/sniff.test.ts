import { expect, test } from '@jest/globals';
import { headSize, mediaTypeOf } from '../../../server/blobs/sniff.ts';

/** A tag (ID3v2) with a picture of so many bytes, before sound. */
function tagged(pictureSize: number, sound: string): Uint8Array {
  const head = Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1');
  for (let n = 0; n < 4; n++) head[9 - n] = (pictureSize >> (7 * n)) & 127;
  return Buffer.concat([
    head,
    Buffer.alloc(pictureSize),
    Buffer.from(sound, 'latin1'),
    Buffer.alloc(100),
  ]).subarray(0, headSize);
}

test.each([
  ['a small picture', 1000],
  ['a picture larger than what is looked at', 200_000],
])('FLAC behind a tag with %s is FLAC', async (_, size) => {
  expect(await mediaTypeOf({ head: tagged(size, 'fLaC\0\0\0\u0022') }, '讲解.flac')).toEqual({
    mediaType: 'audio/flac',
  });
});

test('what begins with a large tag is nothing but sound', async () => {
  const head = tagged(200_000, 'fLaC');
  expect(await mediaTypeOf({ head }, '讲解.mp3')).toEqual({ mediaType: 'audio/mpeg' });
  expect(await mediaTypeOf({ head }, '讲解.pdf')).toEqual({
    differs: { promised: 'application/pdf', found: 'audio/mpeg' },
  });
});
