import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What browsers have to be told; fonts and tables of PDF are read by our own scripts. */
const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
};

/** One grade better, Brotli takes seven times as long for a twelfth of the bytes. */
const brotliQuality = 9;
const packers = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};
/** Fewer bytes fit into one packet as they are, and what loses less than a tenth is compressed already. */
const leastBytes = 1024;
const mostLeft = 0.9;

/**
 * Puts beside each built file what it is compressed, `.br` and `.gzip`, and lists all of them with type, digest and
 * sizes in `.files.json`: the server hands out what stands there and nothing else.
 */
export function packedFiles(): Plugin {
  return {
    name: 'packed-files',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir = '' }) {
        const names = await readdir(dir, { recursive: true, withFileTypes: true });
        const paths = names
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length).replaceAll('\\', '/'))
          .filter((path) => !path.startsWith('/.'));
        const files = await Promise.all(paths.map(async (path) => [path, await pack(join(dir, path))]));
        await writeFile(join(dir, '.files.json'), JSON.stringify(Object.fromEntries(files)));
      },
    },
  };
}

async function pack(file: string) {
  const bytes = await readFile(file);
  const packed = Object.entries(packers).map(async ([encoding, packer]) => {
    const smaller = bytes.length < leastBytes ? bytes : await packer(bytes);
    if (smaller.length > bytes.length * mostLeft) return [];
    await writeFile(`${file}.${encoding}`, smaller);
    return [[encoding, smaller.length] as const];
  });
  return {
    mediaType: mediaTypes[extname(file)] ?? 'application/octet-stream',
    tag: createHash('sha256').update(bytes).digest('base64url'),
    plain: bytes.length,
    ...Object.fromEntries((await Promise.all(packed)).flat()),
  };
}
