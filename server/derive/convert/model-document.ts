import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { type Document, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import draco from 'draco3dgltf';
import { MeshoptDecoder } from 'meshoptimizer';
import { isCad } from '../recipes.ts';
import { readCad } from './cad.ts';
import { NotConvertible, type Task } from './conversion.ts';
import { assertFewParts } from './model-load.ts';
import { packGlb } from './pack-glb.ts';
import { readStl } from './stl.ts';
import { parsedGltf, unpackGlb } from './unpack-glb.ts';

type Source = Pick<Task, 'source' | 'mediaType' | 'parts' | 'siblings'>;

/** What reads and writes models, with every decoder at hand. */
export async function modelIO(): Promise<NodeIO> {
  await MeshoptDecoder.ready;
  return new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({
    'meshopt.decoder': MeshoptDecoder,
    'draco3d.decoder': await draco.createDecoderModule(),
  });
}

/** A glTF, unpacked, an STL or a drawing of a machine part. @throws NotConvertible */
export async function openModel(task: Source): Promise<Document> {
  if (task.mediaType === 'model/stl') return readStl(task.source);
  if (isCad(task.mediaType) && !task.siblings?.packed) return readCad(task.source, task.mediaType);
  const bytes = await glbOf(task);
  const io = await modelIO();
  try {
    const model = await io.binaryToJSON(bytes);
    assertFewParts(model.json);
    return await io.readJSON(model);
  } catch (error) {
    throw error instanceof NotConvertible ? error : new NotConvertible('damaged');
  }
}

/** A glTF as one binary file, with the parts that lie beside it, or an STL or drawing as one. @throws NotConvertible */
export async function glbOf({ source, mediaType, parts: folder, siblings }: Source): Promise<Uint8Array> {
  if (siblings?.packed) return readFile(siblings.packed);
  if (isCad(mediaType)) return (await modelIO()).writeBinary(await readCad(source, mediaType));
  if (mediaType === 'model/stl') return (await modelIO()).writeBinary(await readStl(source));
  const bytes = await readFile(source);
  const isText = mediaType === 'model/gltf+json';
  const { json, binary } = isText ? { json: parsedGltf(bytes.toString('utf8')) } : unpackGlb(bytes);
  const uris = [...(json.buffers ?? []), ...(json.images ?? [])].flatMap(({ uri }) => uri ?? []);
  if (!isText && uris.length === 0) return bytes;
  const parts = new Map<string, Uint8Array>(binary && [['', binary]]);
  for (const uri of new Set(uris)) parts.set(uri, await partAt(uri, dirname(source), folder));
  return packGlb(json, parts);
}

/** Only what lies in the folder of parts: a glTF may name any file and any address. */
async function partAt(uri: string, beside: string, folder: string | undefined): Promise<Uint8Array> {
  if (uri.startsWith('data:')) return Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64');
  if (folder === undefined) throw new NotConvertible('parts-missing', uri);
  const file = resolve(beside, decoded(uri).normalize('NFC'));
  const inFolder = relative(folder, file);
  const isInside = inFolder !== '' && inFolder !== '..' && !inFolder.startsWith(`..${sep}`);
  if (!isInside || /^[a-z][a-z0-9+.-]*:/i.test(uri)) throw new NotConvertible('parts-missing', uri);
  return readFile(file).catch(() => {
    throw new NotConvertible('parts-missing', uri);
  });
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri; // a percent sign that stands for itself
  }
}
