import { expect, test } from '@jest/globals';
import { pictureIn } from '../../../server/derive/convert/package-entries.ts';

const sized = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(([path, size]) => ({ path, size }));

test('a package is shown by its cover, or by its largest picture', () => {
  const pictures = { 'img/large.png': 90_000, 'img/small.png': 9000, 'img/icon.png': 900 };
  expect(pictureIn(sized(pictures))).toBe('img/large.png');
  expect(pictureIn(sized({ ...pictures, 'img/封面.jpg': 5000 }))).toBe('img/封面.jpg');
  expect(pictureIn(sized({ 'img/icon.png': 900 }))).toBeUndefined();
});

test('H5P is shown by a picture of its content, and never by icons of its libraries', () => {
  const icons = { 'h5p.json': 500, 'content/content.json': 500, 'H5P.JoubelUI-1.3/images/icons.png': 90_000 };
  expect(pictureIn(sized(icons))).toBeUndefined();
  expect(pictureIn(sized({ ...icons, 'content/images/drill.jpg': 9000 }))).toBe('content/images/drill.jpg');
});
