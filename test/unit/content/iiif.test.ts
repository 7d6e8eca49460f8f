import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestSide, readImageRequest, type TiledPicture, tilesFor } from '../../../server/content/iiif.ts';

const side = 512;

function tiled(width: number, height: number): TiledPicture {
  const scaleFactors = [1];
  while (Math.max(width, height) > side * (scaleFactors.at(-1) ?? 1))
    scaleFactors.push(2 ** scaleFactors.length);
  return { width, height, tiles: [{ width: side, scaleFactors }] };
}

test('whatever is asked of whatever picture is put together of few tiles, which show all of it', () => {
  const length = fc.integer({ min: 1, max: 100_000 });
  const size = fc.oneof(
    fc.constant('max'),
    length.map((w) => `${w},`),
    length.map((h) => `,${h}`),
    fc.tuple(length, length).map(([w, h]) => `${w},${h}`),
    fc.tuple(length, length).map(([w, h]) => `!${w},${h}`),
  );
  const region = fc.oneof(
    fc.constantFrom('full', 'square'),
    fc.tuple(length, length, length, length).map((box) => box.join(',')),
  );
  fc.assert(
    fc.property(length, length, region, size, (width, height, part, wanted) => {
      const picture = tiled(width, height);
      const request = readImageRequest(`${part}/${wanted}/0/default.jpg`, picture);
      if (!request) return;
      expect(Math.max(request.width, request.height)).toBeLessThanOrEqual(longestSide);
      expect(request.width).toBeLessThanOrEqual(request.region.width);
      expect(request.height).toBeLessThanOrEqual(request.region.height);
      const { scale, boxes } = tilesFor(request, picture);
      expect(picture.tiles[0].scaleFactors).toContain(scale);
      const perSide = (2 * longestSide) / side + 2;
      expect(boxes.length).toBeLessThanOrEqual(perSide ** 2);
      const [first, last] = [boxes[0], boxes.at(-1)];
      if (!first || !last) throw new Error('No tiles');
      const { x, y, width: w, height: h } = request.region;
      expect(first.x <= x && first.y <= y).toBe(true);
      expect(last.x + last.width >= x + w && last.y + last.height >= y + h).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
