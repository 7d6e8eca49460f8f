import { expect, test } from '@jest/globals';
import { type ReadBytes, sphereOfFilm } from '../../../server/derive/convert/sphere-film.ts';
import { box, sphericalXml } from '../../spherical-film.ts';

const from =
  (bytes: Buffer): ReadBytes =>
  async (at, count) =>
    bytes.subarray(at, at + count);

const full = (...numbers: number[]) => {
  const bytes = Buffer.alloc(4 + numbers.length * 4);
  for (const [at, value] of numbers.entries()) bytes.writeInt32BE(value | 0, 4 + at * 4);
  return bytes;
};
const fixed = (degrees: number) => degrees * 65_536;

function film({
  width = 1920,
  height = 1080,
  inEntry = [],
  inTrack = [],
  handler = 'vide',
}: Parts = {}): Buffer {
  const head = Buffer.alloc(78);
  head.writeUInt16BE(width, 24);
  head.writeUInt16BE(height, 26);
  const entry = box('avc1', head, ...inEntry);
  const table = box('stbl', box('stsd', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), entry));
  const hdlr = box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13));
  const track = box('trak', box('mdia', hdlr, box('minf', table)), ...inTrack);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('mdat', Buffer.alloc(5000)),
    box('moov', box('mvhd', Buffer.alloc(100)), track),
  ]);
}
interface Parts {
  width?: number;
  height?: number;
  inEntry?: Buffer[];
  inTrack?: Buffer[];
  handler?: string;
}
const plain = { yaw: 0, pitch: 0, tilt: 0, roll: 0 };

test('a film that says so by XML lies on a sphere, wherever its head stands', async () => {
  const told = sphericalXml(
    '<GSpherical:StereoMode>top-bottom</GSpherical:StereoMode><GSpherical:InitialViewHeadingDegrees>40</GSpherical:InitialViewHeadingDegrees>',
  );
  expect(await sphereOfFilm(from(film({ inTrack: [told] })))).toEqual({
    ...plain,
    isTagged: true,
    yaw: 40,
    stereo: 'top-bottom',
  });
});

test('so does one that says so by boxes, with how the camera was held and what was cut away', async () => {
  const projection = box(
    'proj',
    box('prhd', full(fixed(10), fixed(-5), fixed(2))),
    box('equi', full(0, 0, 2 ** 30, 2 ** 30)),
  );
  const inEntry = [box('st3d', Buffer.from([0, 0, 0, 0, 2])), box('sv3d', projection)];
  expect(await sphereOfFilm(from(film({ inEntry })))).toEqual({
    isTagged: true,
    yaw: 10,
    pitch: 0,
    tilt: -5,
    roll: 2,
    area: { left: 0.25, top: 0, width: 0.5, height: 1 },
    stereo: 'left-right',
  });
});

test('without a word, only one with the shape and size of a 360° camera', async () => {
  expect(await sphereOfFilm(from(film({ width: 3840, height: 1920 })))).toEqual({
    ...plain,
    isTagged: false,
  });
  expect(await sphereOfFilm(from(film({ width: 3840, height: 2160 })))).toBeUndefined();
});

test('sounds, other projections and damaged files lie on none, and are not read for ever', async () => {
  const cube = [box('sv3d', box('proj', box('cbmp', full(0, 0))))];
  for (const bytes of [
    film({ handler: 'soun', width: 3840, height: 1920 }),
    film({ inEntry: cube }),
    film({ inTrack: [sphericalXml()] }).subarray(0, 5100),
    Buffer.from('no film at all'),
    Buffer.alloc(0),
    Buffer.alloc(64),
    Buffer.from([0, 0, 0, 1, 109, 111, 111, 118, 255, 255, 255, 255, 255, 255, 255, 255]),
  ])
    expect(await sphereOfFilm(from(bytes))).toBeUndefined();
});
