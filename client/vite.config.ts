import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leanContracts } from './build/lean-contracts.ts';
import { packedFiles } from './build/packed-files.ts';
import { pdfWorker } from './build/pdf-worker.ts';
import { viewerAssets } from './build/viewer-assets.ts';

/** Built by `scripts/build.mjs`; the server serves dist/public. `npx vite client` gives a development server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), leanContracts(), viewerAssets(), packedFiles()],
  worker: { format: 'es', plugins: () => [pdfWorker()] },
  /** The other way to compile modules of styles warns of itself as soon as one composes another. */
  css: { transformer: 'lightningcss' },
  build: {
    outDir: '../dist/public',
    emptyOutDir: true,
    /** The size test adds up what the search page loads from it. */
    manifest: true,
    /** Under the content security policy neither data: scripts nor inlined fonts are wanted. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      /** The component library's parts do nothing when they are merely imported, but few of them say so. */
      treeshake: { moduleSideEffects: (id) => !/node_modules\/(@rc-component|@ant-design)\//.test(id) },
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
