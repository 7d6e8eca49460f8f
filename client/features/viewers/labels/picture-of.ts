import { pictureGround } from '../../../theme/tokens.ts';

/** In pixels; what is made of it for cards and pages is smaller. */
const size = { width: 1600, height: 1200 };

/** What the author sees, on an even ground, as a picture that may stand for the resource. */
export async function pictureOf(view: Blob): Promise<Blob> {
  const seen = await createImageBitmap(view);
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures');
  context.fillStyle = pictureGround;
  context.fillRect(0, 0, size.width, size.height);
  const scale = Math.max(size.width / seen.width, size.height / seen.height);
  const [width, height] = [seen.width * scale, seen.height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(seen, (size.width - width) / 2, (size.height - height) / 2, width, height);
  seen.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser draws no pictures'))),
      'image/jpeg',
      0.9,
    ),
  );
}
