import { z } from 'zod';
import { endpoint, line } from '../../http/contract.ts';

export const Group = z.object({ name: z.string(), revision: z.number().int() });

export const getGroup = endpoint({
  method: 'get',
  path: '/api/group',
  summary: { 'zh-CN': '返回集团名称。', en: 'Tells how the group is called.' },
  asks: 'anyone',
  answers: { 200: Group },
});

export const editGroup = endpoint({
  method: 'patch',
  path: '/api/group',
  summary: { 'zh-CN': '修改集团名称。', en: 'Gives the group another name.' },
  asks: { action: 'edit', subject: 'group' },
  body: z.strictObject({ name: line(80, 1) }),
  answers: { 200: Group },
  problems: ['http/changed-meanwhile'],
});
