import { z } from 'zod';
import { endpoint, line } from '../../http/contract.ts';

export const editGroup = endpoint({
  method: 'patch',
  path: '/api/group',
  summary: { 'zh-CN': '修改集团名称。', en: 'Gives the group another name.' },
  asks: { action: 'edit', subject: 'group' },
  body: z.strictObject({ name: line(80, 1) }),
  answers: { 200: z.object({ name: z.string() }) },
});
