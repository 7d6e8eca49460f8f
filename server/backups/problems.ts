import { defineProblem } from '../http/index.ts';

export const noCopy = defineProblem({
  type: 'backups/no-copy',
  status: 409,
  says: {
    'zh-CN': () => '文档由 MongoDB 保存，备份时请直接从 MongoDB 的快照读取。',
    en: () => 'The documents are kept by MongoDB; a backup reads them from a snapshot there.',
  },
});
