import { expect, test } from '@jest/globals';
import { sphereOf } from '../../../server/derive/convert/sphere.ts';

const large = { width: 4096, height: 2048 };
const attributes = (more: string) =>
  `<x:xmpmeta><rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" ${more}/></x:xmpmeta>`;
const tagged = 'GPano:ProjectionType="equirectangular"';

test('a picture that says so lies on a sphere, whatever its size, with where to look first', () => {
  const xmp = attributes(
    `${tagged} GPano:PoseHeadingDegrees="90" GPano:PosePitchDegrees="2.5" GPano:PoseRollDegrees="-1" GPano:InitialViewHeadingDegrees="45" GPano:InitialViewPitchDegrees="10" GPano:InitialHorizontalFOVDegrees="60"`,
  );
  expect(sphereOf({ width: 1000, height: 500 }, xmp)).toEqual({
    isTagged: true,
    yaw: -45,
    pitch: 10,
    tilt: 2.5,
    roll: -1,
    view: 60,
  });
});

test('tags may be elements, too, and a part of a sphere tells which', () => {
  const element = (name: string, value: string) => `<GPano:${name}>${value}</GPano:${name}>`;
  const xmp = [
    ['ProjectionType', 'equirectangular'],
    ['FullPanoWidthPixels', '8000'],
    ['FullPanoHeightPixels', '4000'],
    ['CroppedAreaImageWidthPixels', '4000'],
    ['CroppedAreaImageHeightPixels', '1000'],
    ['CroppedAreaLeftPixels', '2000'],
    ['CroppedAreaTopPixels', '1500'],
  ].map(([name = '', value = '']) => element(name, value));
  expect(sphereOf({ width: 4000, height: 1000 }, xmp.join(''))?.area).toEqual({
    left: 0.25,
    top: 0.375,
    width: 0.5,
    height: 0.25,
  });
});

test('without tags, only twice as wide as high and as large as a camera makes it', () => {
  expect(sphereOf(large, undefined)).toEqual({ isTagged: false, yaw: 0, pitch: 0, tilt: 0, roll: 0 });
  expect(sphereOf({ width: 2000, height: 1000 }, undefined)).toBeUndefined();
  expect(sphereOf({ width: 4096, height: 2160 }, undefined)).toBeUndefined();
});

test('other projections, and a picture that does not want to, stay flat; nonsense in tags counts as nothing', () => {
  expect(sphereOf(large, attributes('GPano:ProjectionType="cylindrical"'))).toBeUndefined();
  expect(sphereOf(large, attributes(`${tagged} GPano:UsePanoramaViewer="False"`))).toBeUndefined();
  const nonsense = attributes(`${tagged} GPano:PosePitchDegrees="up" GPano:FullPanoWidthPixels="1e99"`);
  expect(sphereOf(large, nonsense)).toEqual({ isTagged: true, yaw: 0, pitch: 0, tilt: 0, roll: 0 });
});
