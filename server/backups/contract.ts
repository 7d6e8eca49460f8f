import { z } from 'zod';
import { endpoint } from '../http/contract.ts';

export const copyDocuments = endpoint({
  method: 'post',
  path: '/api/storage/document-copies',
  summary: {
    'zh-CN': '把内嵌文档引擎此刻的数据另存一份副本，供运维人员备份。',
    en: 'Writes a copy of the embedded engine’s documents of this moment beside them, for a backup by whoever runs the machine.',
  },
  asks: { action: 'edit', subject: 'job' },
  /** `folder` is inside DATA_DIR; a copy that nobody has taken away is removed by the next one. */
  answers: { 201: z.object({ folder: z.string() }) },
  problems: ['backups/no-copy'],
});
