import { readFile } from 'node:fs/promises';
import { type Document, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import draco from 'draco3dgltf';
import { MeshoptDecoder } from 'meshoptimizer';
import { NotConvertible } from './conversion.ts';
import { readStl } from './stl.ts';

/** What reads and writes models, with every decoder at hand. */
export async function modelIO(): Promise<NodeIO> {
  await MeshoptDecoder.ready;
  return new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({
    'meshopt.decoder': MeshoptDecoder,
    'draco3d.decoder': await draco.createDecoderModule(),
  });
}

/** A binary glTF, unpacked, or an STL. @throws NotConvertible */
export async function openModel(source: string, mediaType: string): Promise<Document> {
  if (mediaType === 'model/stl') return readStl(source);
  const io = await modelIO();
  try {
    return await io.readBinary(await readFile(source));
  } catch {
    throw new NotConvertible('damaged');
  }
}
