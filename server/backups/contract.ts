import { z } from 'zod';
import { endpoint } from '../http/contract.ts';

export const copyDocuments = endpoint({
  method: 'post',
  path: '/api/storage/document-copies',
  summary:
    'Writes a copy of the embedded engine’s documents of this moment beside them, for a backup by whoever runs the machine.',
  asks: { action: 'edit', subject: 'job' },
  /** `folder` is inside DATA_DIR; a copy that nobody has taken away is removed by the next one. */
  answers: { 201: z.object({ folder: z.string() }) },
  problems: ['backups/no-copy'],
});
