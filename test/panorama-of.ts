import sharp from 'sharp';

/** A drawing (SVG) as a JPEG that says of itself that it is a sphere (GPano), as 360° cameras do; and more, by tags. */
export function panoramaOf(drawing: string, tags: Readonly<Record<string, number>> = {}): Promise<Buffer> {
  const more = Object.entries(tags).map(([name, value]) => ` GPano:${name}="${value}"`);
  return sharp(Buffer.from(drawing))
    .jpeg()
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular"${more.join('')}/></rdf:RDF></x:xmpmeta>`,
    )
    .toBuffer();
}
