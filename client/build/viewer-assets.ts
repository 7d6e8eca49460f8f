import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import type { Plugin } from 'vite';
import { withoutEval } from './basis-transcoder.ts';

/** What the viewers fetch while they run, by its folder in node_modules: fonts and tables of PDF, decoders of glTF. */
const folders = {
  'pdf/cmaps': 'pdfjs-dist/cmaps',
  'pdf/fonts': 'pdfjs-dist/standard_fonts',
  'pdf/wasm': 'pdfjs-dist/wasm',
  'pdf/icc': 'pdfjs-dist/iccs',
  'gltf/draco': 'three/examples/jsm/libs/draco/gltf',
  'gltf/basis': 'three/examples/jsm/libs/basis',
  'player/h5p/fonts': 'h5p-standalone/dist/fonts',
  'player/h5p/styles': 'h5p-standalone/dist/styles',
  'player/h5p/frame.bundle.js': 'h5p-standalone/dist/frame.bundle.js',
  'player/scorm12.js': 'scorm-again/dist/scorm12.min.js',
  'player/scorm2004.js': 'scorm-again/dist/scorm2004.min.js',
};
/** Plain scripts of our own that run inside of packages; the content server hands them out. */
const scripts = ['bridge', 'frame', 'h5p'];
const meshopt = 'three/examples/jsm/libs/meshopt_decoder.module.js';

/** Copies it beside the built client, so that no page asks a foreign host for it. */
export function viewerAssets(): Plugin {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  return {
    name: 'viewer-assets',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await mkdir(join(dir, 'viewers/gltf'), { recursive: true });
      for (const [to, from] of Object.entries(folders))
        await cp(join(modules, from), join(dir, 'viewers', to), { recursive: true });
      for (const name of scripts) {
        const source = fileURLToPath(new URL(`../player/${name}.ts`, import.meta.url));
        const { code } = await transformFile(source, {
          jsc: { parser: { syntax: 'typescript' }, target: 'es2021' },
          isModule: false,
          minify: true,
        });
        await writeFile(join(dir, `viewers/player/${name}.js`), code);
      }
      const transcoder = join(dir, 'viewers/gltf/basis/basis_transcoder.js');
      await writeFile(transcoder, withoutEval(await readFile(transcoder, 'utf8')));
      // model-viewer loads it as a plain script and expects a global variable.
      const decoder = await readFile(join(modules, meshopt), 'utf8');
      await writeFile(
        join(dir, 'viewers/gltf/meshopt.js'),
        decoder.replace('export { MeshoptDecoder };', 'self.MeshoptDecoder = MeshoptDecoder;'),
      );
    },
  };
}
