import { z } from 'zod';
import { groupRoles, organisationRoles } from '../../access/contract.ts';
import { Csv, endpoint, Id, line, Moment, Paging, pageOf, several } from '../../http/contract.ts';
import { Email } from '../sign-in/contract.ts';

/** Roles, each once, in the order of the table. */
const rolesAmong = <const Role extends string>(known: readonly Role[], least: number) =>
  z
    .array(z.enum(known))
    .min(least)
    .max(known.length)
    .transform((given) => known.filter((role) => given.some((one) => one === role)));

export const OrganisationRoles = rolesAmong(organisationRoles, 1);
const GroupRoles = rolesAmong(groupRoles, 0);

/** `invited` until they have chosen a password. */
export const memberStates = ['invited', 'active', 'suspended'] as const;

export const OrganisationMember = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(organisationRoles)),
  groupRoles: z.array(z.enum(groupRoles)),
  state: z.enum(memberStates),
  createdAt: Moment,
  revision: z.number().int(),
  /** appoint: roles in the organisation; entrust: roles in the group. */
  can: z.array(z.enum(['appoint', 'entrust', 'suspend'])),
});

/** A link with which somebody chooses a password. It is told once: only its digest is kept. */
export const PasswordLink = z.object({
  /** Address in the client, to be put after our own origin. */
  path: z.string(),
  expiresAt: Moment,
});

const ofOrganisation = z.object({ id: Id });
const ofMember = z.object({ id: Id, memberId: Id });
const runsIt = { action: 'edit', subject: 'organisation' } as const;
const refusals = ['access/not-found', 'access/forbidden'] as const;

export const listMembers = endpoint({
  method: 'get',
  path: '/api/organisations/{id}/members',
  summary: {
    'zh-CN': '按姓名列出成员单位的成员；`q` 可按姓名、拼音、首字母或邮箱查找。',
    en: 'The members of an organisation by name; `q` finds them by name, pinyin, initials or e-mail.',
  },
  asks: runsIt,
  params: ofOrganisation,
  query: Paging.extend({ q: line(80).optional() }),
  answers: { 200: pageOf(OrganisationMember) },
  problems: [...refusals, 'http/bad-cursor'],
});

export const addMember = endpoint({
  method: 'post',
  path: '/api/organisations/{id}/members',
  summary: {
    'zh-CN': '添加成员，并返回供其设置密码的链接。',
    en: 'Adds a member, and gives the link with which they choose their password.',
  },
  asks: runsIt,
  params: ofOrganisation,
  body: z.strictObject({ name: line(60, 1), email: Email, roles: OrganisationRoles }),
  answers: { 201: z.object({ member: OrganisationMember, link: PasswordLink }) },
  problems: [...refusals, 'members/email-taken'],
});

export const editMember = endpoint({
  method: 'patch',
  path: '/api/organisations/{id}/members/{memberId}',
  summary: {
    'zh-CN': '授予或收回角色，停用或恢复成员；会话和令牌在一秒内失效。',
    en: 'Gives and takes roles, suspends and reinstates; sessions and tokens end within a second.',
  },
  asks: runsIt,
  params: ofMember,
  body: z.strictObject({
    roles: OrganisationRoles.optional(),
    groupRoles: GroupRoles.optional(),
    suspended: z.boolean().optional(),
  }),
  answers: { 200: OrganisationMember },
  problems: [
    ...refusals,
    'http/changed-meanwhile',
    'members/last-group-admin',
    'members/last-organisation-admin',
  ],
});

export const renewLink = endpoint({
  method: 'post',
  path: '/api/organisations/{id}/members/{memberId}/password-link',
  summary: {
    'zh-CN': '生成新的链接，供成员首次设置密码或忘记密码后重设。',
    en: 'A new link with which a member chooses a password, the first one or after it was forgotten.',
  },
  asks: runsIt,
  params: ofMember,
  answers: { 201: PasswordLink },
  problems: [...refusals, 'members/suspended'],
});

export const namePeople = endpoint({
  method: 'get',
  path: '/api/people',
  summary: {
    'zh-CN': '返回人员姓名：按标识查询，或在输入时用 `q` 查找同事。',
    en: 'What people are called: those with these identifiers, or colleagues found by `q` while typing.',
  },
  asks: { action: 'name', subject: 'person' },
  query: z.strictObject({ id: several(Id).optional(), q: line(80, 1).optional() }),
  answers: { 200: z.object({ items: z.array(z.object({ id: Id, name: z.string() })) }) },
});

/** What is wrong with a cell: the row as a spreadsheet counts it (the header is row 1). */
export const importFaults = [
  'name',
  'email',
  'roles-missing',
  'roles-unknown',
  'twice',
  'taken',
  'cells',
] as const;

export const importMembers = endpoint({
  method: 'post',
  path: '/api/organisations/{id}/members/import',
  summary: {
    'zh-CN':
      '从 CSV 批量添加成员（姓名、邮箱、角色列，或 name、email、roles；UTF-8 或 GB 18030）：全部导入，有一行出错则都不导入。`dryRun` 只检查不导入。',
    en: 'Adds members from CSV (name, email, roles; UTF-8 or GB 18030): all rows or, when one is wrong, none. `dryRun` only checks.',
  },
  asks: runsIt,
  params: ofOrganisation,
  query: z.strictObject({
    dryRun: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true'),
  }),
  consumes: 'text/csv',
  body: z.string(),
  answers: {
    200: z.object({
      /** How many people the file names. */
      rows: z.number().int(),
      /** The first of them, as they would be added: none when a row is wrong. */
      people: z.array(
        z.object({
          row: z.number().int(),
          name: z.string(),
          email: z.string(),
          roles: z.array(z.enum(organisationRoles)),
        }),
      ),
      /** Members that were added: none in a dry run, or when a row is wrong. */
      added: z.array(z.object({ name: z.string(), email: z.string(), link: PasswordLink })),
      faults: z.array(
        z.object({
          row: z.number().int(),
          column: z.enum(['name', 'email', 'roles', '']),
          /** The column as the file calls it. */
          heading: z.string(),
          fault: z.enum(importFaults),
          value: z.string(),
          message: z.string(),
        }),
      ),
    }),
  },
  problems: [...refusals, 'members/csv-unreadable', 'http/body-too-large'],
});

export const exportMembers = endpoint({
  method: 'get',
  path: '/api/organisations/{id}/members.csv',
  summary: {
    'zh-CN': '以调用者的语言和 CSV 格式导出成员单位的成员，可供再次导入。',
    en: 'The members of an organisation as CSV in the language of the caller, which the import reads again.',
  },
  asks: runsIt,
  params: ofOrganisation,
  answers: { 200: Csv },
  answerHeaders: { 200: { 'Content-Disposition': 'always' } },
  problems: [...refusals],
});
