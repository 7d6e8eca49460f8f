import { z } from 'zod';
import { endpoint, Id, line, Moment, Paging, pageOf } from '../../http/contract.ts';

export const organisationKinds = ['school', 'college', 'company', 'association'] as const;

export const Organisation = z.object({
  id: Id,
  name: z.string(),
  shortName: z.string(),
  /** How its names are typed in pinyin: in full and by initials. */
  spellings: z.array(z.string()),
  kind: z.enum(organisationKinds),
  region: z.string(),
  suspended: z.boolean(),
  createdAt: Moment,
  revision: z.number().int(),
  can: z.array(z.enum(['edit', 'suspend'])),
});

const Described = z.strictObject({
  name: line(80, 2),
  kind: z.enum(organisationKinds),
  shortName: line(20).default(''),
  region: line(40).default(''),
});

export const listOrganisations = endpoint({
  method: 'get',
  path: '/api/organisations',
  summary: {
    'zh-CN': '按名称列出全部成员单位；`q` 可在输入时按名称、拼音或首字母查找。',
    en: 'The organisations of the group, by name; `q` finds them by name, pinyin or initials while typing.',
  },
  asks: { action: 'read', subject: 'organisation' },
  query: Paging.extend({ q: line(80).optional(), kind: z.enum(organisationKinds).optional() }),
  answers: { 200: pageOf(Organisation) },
  problems: ['http/bad-cursor'],
});

export const createOrganisation = endpoint({
  method: 'post',
  path: '/api/organisations',
  summary: { 'zh-CN': '新增一个成员单位。', en: 'Takes an organisation into the group.' },
  asks: { action: 'create', subject: 'organisation' },
  body: Described,
  answers: { 201: Organisation },
  problems: ['members/organisation-exists'],
});

export const getOrganisation = endpoint({
  method: 'get',
  path: '/api/organisations/{id}',
  summary: { 'zh-CN': '返回一个成员单位。', en: 'One organisation.' },
  asks: { action: 'read', subject: 'organisation' },
  params: z.object({ id: Id }),
  answers: { 200: Organisation },
  problems: ['access/not-found'],
});

export const editOrganisation = endpoint({
  method: 'patch',
  path: '/api/organisations/{id}',
  summary: {
    'zh-CN': '修改成员单位的信息，或将其停用：停用后其成员不能登录。',
    en: 'Describes an organisation, or suspends it: its members can no longer sign in.',
  },
  asks: { action: 'edit', subject: 'organisation' },
  params: z.object({ id: Id }),
  body: z.strictObject({
    name: line(80, 2).optional(),
    kind: z.enum(organisationKinds).optional(),
    shortName: line(20).optional(),
    region: line(40).optional(),
    suspended: z.boolean().optional(),
  }),
  answers: { 200: Organisation },
  problems: [
    'access/not-found',
    'access/forbidden',
    'http/changed-meanwhile',
    'members/organisation-exists',
    'members/last-group-admin',
  ],
});
