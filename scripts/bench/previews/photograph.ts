import sharp from 'sharp';

/** What is laid over the scene, from coarse to fine: nature has structure at every scale, and cameras have grain. */
const textures = [
  { scale: 64, strength: 44 },
  { scale: 16, strength: 32 },
  { scale: 4, strength: 22 },
  { scale: 1, strength: 9 },
] as const;

/**
 * Draws JPEG pictures that give encoders as much to do as photographs: a workshop of gradients, shapes and labels in
 * small type, with texture at every scale. Each is another stretch of one large scene; no two are equal.
 */
export async function photographer(width: number, height: number): Promise<(n: number) => Promise<Buffer>> {
  const [wide, high] = [Math.round(width * 1.5), Math.round(height * 1.5)];
  const layers = await Promise.all(textures.map(({ scale, strength }) => grain(wide, high, scale, strength)));
  const scene = await sharp(Buffer.from(workshop(wide, high)))
    .composite(layers.map((input) => ({ input, blend: 'soft-light' })))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: wide, height: high, channels: scene.info.channels };
  return (n) => {
    const left = (n * 37) % (wide - width);
    const top = (n * 23) % (high - height);
    return sharp(scene.data, { raw })
      .extract({ left, top, width, height })
      .jpeg({ quality: 88 })
      .withExif({ IFD0: { ImageDescription: `Photograph ${n}` } })
      .toBuffer();
  };
}

async function grain(width: number, height: number, scale: number, strength: number): Promise<Buffer> {
  const [across, down] = [Math.ceil(width / scale), Math.ceil(height / scale)];
  const noise = { type: 'gaussian', mean: 128, sigma: strength } as const;
  return sharp({ create: { width: across, height: down, channels: 3, background: 'grey', noise } })
    .greyscale(scale > 1)
    .resize(width, height, { fit: 'fill' })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

function workshop(width: number, height: number): string {
  const shapes = Array.from({ length: 60 }, (_, n) => {
    const share = (k: number) => (Math.abs(Math.sin(n * 99.7 + k * 37.1)) * 43758.5) % 1;
    const [x, y] = [share(1) * width, share(2) * height];
    const [w, h] = [share(3) * width * 0.16, share(4) * height * 0.16];
    if (n % 3 === 0)
      return `<text x="${x}" y="${y}" font-size="${10 + (n % 4) * 6}">M${n} 数控车床 Ø${n * 3}</text>`;
    if (n % 3 === 1) return `<ellipse cx="${x}" cy="${y}" rx="${w}" ry="${h}" fill="url(#metal)"/>`;
    const colour = `hsl(${Math.round(share(5) * 360)} 40% ${Math.round(30 + share(6) * 40)}%)`;
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" transform="rotate(${share(7) * 90} ${x} ${y})" fill="${colour}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif">
    <linearGradient id="hall" x1="0" y1="0" x2="0.4" y2="1">
      <stop offset="0" stop-color="#3f5563"/><stop offset=".55" stop-color="#7c7462"/><stop offset="1" stop-color="#2f3a33"/>
    </linearGradient>
    <radialGradient id="metal">
      <stop offset="0" stop-color="#eee"/><stop offset=".6" stop-color="#888"/><stop offset="1" stop-color="#333"/>
    </radialGradient>
    <rect width="100%" height="100%" fill="url(#hall)"/>${shapes.join('')}</svg>`;
}
