/** A box of an MP4 (ISO/IEC 14496-12, section 4.2). */
export function box(type: string, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + inside.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, inside]);
}

/** The box by which cameras say that a film is a sphere (Spherical Video V1). */
export const sphericalXml = (more = ''): Buffer =>
  box(
    'uuid',
    Buffer.from('ffcc8263f8554a938814587a02521fdd', 'hex'),
    Buffer.from(
      `<?xml version="1.0"?><rdf:SphericalVideo xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:GSpherical="http://ns.google.com/videos/1.0/spherical/"><GSpherical:Spherical>true</GSpherical:Spherical><GSpherical:ProjectionType>equirectangular</GSpherical:ProjectionType>${more}</rdf:SphericalVideo>`,
    ),
  );

/** An MP4 whose head stands last, with that box in its first track. */
export function asSphere(film: Buffer, more = ''): Buffer {
  const moov = film.lastIndexOf('moov', undefined, 'latin1') - 4;
  const track = film.indexOf('trak', moov, 'latin1') - 4;
  const end = track + film.readUInt32BE(track);
  const told = sphericalXml(more);
  const longer = Buffer.concat([film.subarray(0, end), told, film.subarray(end)]);
  for (const at of [moov, track]) longer.writeUInt32BE(longer.readUInt32BE(at) + told.length, at);
  return longer;
}
