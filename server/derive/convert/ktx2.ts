import { NodeBasisEncoder } from 'ktx2-encoder';
import { z } from 'zod';

/** What unpacks KTX2 lies beside the encoder, which tells nothing of it in its types. */
interface File {
  isValid(): number;
  getLevels(): number;
  startTranscoding(): number;
  getImageLevelInfo(level: number, layer: number, face: number): unknown;
  transcodeImage(
    into: Uint8Array,
    level: number,
    layer: number,
    face: number,
    format: number,
    alpha: number,
    ...channels: [number, number]
  ): number;
  close(): void;
  delete(): void;
}

const Level = z.object({ origWidth: z.number().int(), origHeight: z.number().int() });
const Unpacking = z.object({
  KTX2File: z.custom<new (bytes: Uint8Array) => File>((given) => typeof given === 'function'),
});

/** Red, green, blue and alpha, a byte each (basist::transcoder_texture_format). */
const rgba32 = 13;
const every = -1;
/** Textures of more are not unpacked: all of their pixels are held at once. */
export const mostPixels = 100_000_000;
const encoder = new NodeBasisEncoder();

/**
 * The pixels of a KTX2 texture packed by Basis Universal, of its smallest copy that is at least so large; undefined
 * when it is packed otherwise, damaged or too large.
 */
export async function unpackKtx2(bytes: Uint8Array, side: number) {
  const { KTX2File } = Unpacking.parse(await encoder.init());
  const file = new KTX2File(bytes);
  try {
    if (!file.isValid()) return undefined;
    const levels = Array.from({ length: file.getLevels() }, (_, level) => {
      const { origWidth: width, origHeight: height } = Level.parse(file.getImageLevelInfo(level, 0, 0));
      return { level, width, height };
    });
    const chosen = levels.findLast(({ width, height }) => Math.max(width, height) >= side) ?? levels[0];
    if (!chosen || chosen.width * chosen.height > mostPixels || !file.startTranscoding()) return undefined;
    const { level, width, height } = chosen;
    const data = new Uint8Array(width * height * 4);
    const isDone = file.transcodeImage(data, level, 0, 0, rgba32, 0, every, every);
    return isDone ? { width, height, data } : undefined;
  } finally {
    file.close();
    file.delete();
  }
}
