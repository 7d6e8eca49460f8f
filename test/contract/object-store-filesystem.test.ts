import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import { objectStoreContract } from './object-store.ts';

const root = await mkdtemp(join(tmpdir(), 'courseyard-objects-'));
afterAll(() => rm(root, { recursive: true }));

let opened = 0;
objectStoreContract('filesystem', () => openFilesystemStore(join(root, String(opened++))), {
  'a signed address gives the bytes to anybody who has it': {
    because: 'files are served by us or by a web server in front of us',
    instead: async (store) => {
      expect(store.signedUrl).toBeUndefined();
      expect(store.localPath?.('blobs/a')).toMatch(/^blobs\/\+[0-9a-f]{3}\/a$/);
    },
  },
});
