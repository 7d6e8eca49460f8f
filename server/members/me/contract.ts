import { z } from 'zod';
import { groupRoles, organisationRoles } from '../../access/contract.ts';
import { endpoint, Id, languages, line, Moment, Nothing } from '../../http/contract.ts';
import { organisationKinds } from '../organisations/contract.ts';

/** Who is asking, and what menus need to know. For a visitor `member` and `organisation` are null. */
export const Me = z.object({
  member: z
    .object({
      id: Id,
      name: z.string(),
      email: z.string(),
      /** Null until they choose one: their pages keep the language that they have. */
      language: z.enum(languages).nullable(),
      /** Codes of the majors that they teach. */
      majors: z.array(z.string()),
    })
    .nullable(),
  organisation: z
    .object({ id: Id, name: z.string(), shortName: z.string(), kind: z.enum(organisationKinds) })
    .nullable(),
  roles: z.array(z.enum([...organisationRoles, ...groupRoles])),
  /** What they may do to at least one thing, as `subject:action`. */
  abilities: z.array(z.string()),
  group: z.object({ name: z.string() }),
  /** How one can sign in. */
  signIn: z.array(z.enum(['email'])),
  revision: z.number().int().optional(),
});

export const getMe = endpoint({
  method: 'get',
  path: '/api/me',
  summary: {
    'zh-CN': '返回当前成员及其单位、角色和权限；未登录时也可调用。',
    en: 'The member, organisation, roles and abilities; also for somebody who has not signed in.',
  },
  asks: 'anyone',
  answers: { 200: Me },
});

export const editMe = endpoint({
  method: 'patch',
  path: '/api/me',
  summary: {
    'zh-CN': '修改自己的姓名、语言和任教专业。',
    en: 'Changes the own name, language and taught majors.',
  },
  asks: 'signed-in',
  body: z.strictObject({
    name: line(60, 1).optional(),
    language: z.enum(languages).optional(),
    majors: z.array(line(20, 1)).max(20).optional(),
  }),
  answers: { 200: Me },
  problems: ['http/changed-meanwhile'],
});

export const Token = z.object({
  id: Id,
  name: z.string(),
  /** Its first characters, to tell tokens apart. */
  start: z.string(),
  createdAt: Moment,
  expiresAt: Moment.nullable(),
  lastUsedAt: Moment.nullable(),
});

export const listTokens = endpoint({
  method: 'get',
  path: '/api/me/tokens',
  summary: { 'zh-CN': '列出自己供程序使用的访问令牌。', en: 'The own tokens for programs.' },
  asks: { action: 'create', subject: 'token' },
  answers: { 200: z.object({ items: z.array(Token) }) },
});

export const createToken = endpoint({
  method: 'post',
  path: '/api/me/tokens',
  summary: {
    'zh-CN': '生成代表自己的访问令牌；令牌只显示一次，系统只保存其摘要。',
    en: 'Makes a token that acts as oneself; it is told once and kept as a digest.',
  },
  asks: { action: 'create', subject: 'token' },
  body: z.strictObject({
    name: line(60, 1),
    /** Days until it expires; never, unless told. */
    days: z.number().int().min(1).max(365).optional(),
  }),
  answers: { 201: Token.extend({ token: z.string() }) },
  problems: ['members/session-needed', 'members/too-many-tokens'],
});

export const revokeToken = endpoint({
  method: 'delete',
  path: '/api/me/tokens/{id}',
  summary: { 'zh-CN': '立即撤销一个访问令牌。', en: 'Revokes a token at once.' },
  asks: { action: 'create', subject: 'token' },
  params: z.object({ id: Id }),
  answers: { 204: Nothing },
  problems: ['access/not-found'],
});

export const listSessions = endpoint({
  method: 'get',
  path: '/api/me/sessions',
  summary: { 'zh-CN': '列出自己的登录会话。', en: 'Where one is signed in.' },
  asks: 'signed-in',
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          id: Id,
          current: z.boolean(),
          address: z.string(),
          browser: z.string(),
          createdAt: Moment,
          expiresAt: Moment,
        }),
      ),
    }),
  },
});

export const revokeSession = endpoint({
  method: 'delete',
  path: '/api/me/sessions/{id}',
  summary: { 'zh-CN': '结束自己的一个登录会话。', en: 'Ends one of the own sessions.' },
  asks: 'signed-in',
  params: z.object({ id: Id }),
  answers: { 204: Nothing },
  problems: ['access/not-found'],
});
