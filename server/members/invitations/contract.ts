import { z } from 'zod';
import { organisationRoles } from '../../access/contract.ts';
import { endpoint, Id, line, Moment, Nothing, Paging, pageOf, whole } from '../../http/contract.ts';
import { OrganisationRoles, PasswordLink } from '../people/contract.ts';
import { Email, Password } from '../sign-in/contract.ts';

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  roles: z.array(z.enum(organisationRoles)),
  createdAt: Moment,
  expiresAt: Moment,
});

const ofOrganisation = z.object({ id: Id });
const invites = { action: 'edit', subject: 'organisation' } as const;

export const listInvitations = endpoint({
  method: 'get',
  path: '/api/organisations/{id}/invitations',
  summary: {
    'zh-CN': '列出尚未接受的邀请，最新的在前。',
    en: 'Invitations that nobody has answered yet, the newest first.',
  },
  asks: invites,
  params: ofOrganisation,
  query: Paging,
  answers: { 200: pageOf(Invitation) },
  problems: ['access/not-found', 'access/forbidden', 'http/bad-cursor'],
});

export const invite = endpoint({
  method: 'post',
  path: '/api/organisations/{id}/invitations',
  summary: {
    'zh-CN': '按电子邮箱邀请加入；链接只显示一次，先前的链接随即失效。',
    en: 'Invites somebody by e-mail address; the link is told once and replaces an earlier one.',
  },
  asks: invites,
  params: ofOrganisation,
  body: z.strictObject({ email: Email, roles: OrganisationRoles }),
  answers: { 201: z.object({ invitation: Invitation, link: PasswordLink }) },
  problems: ['access/not-found', 'access/forbidden', 'members/email-taken'],
});

export const cancelInvitation = endpoint({
  method: 'delete',
  path: '/api/organisations/{id}/invitations/{invitationId}',
  summary: { 'zh-CN': '取消邀请，其链接随即失效。', en: 'Cancels an invitation; its link no longer works.' },
  asks: invites,
  params: z.object({ id: Id, invitationId: Id }),
  answers: { 204: Nothing },
  problems: ['access/not-found', 'access/forbidden'],
});

/** Any text: what is left of a link that was cut is one that does not work. */
const Token = z.object({ token: whole() });

export const openInvitation = endpoint({
  method: 'get',
  path: '/api/invitations/{token}',
  summary: {
    'zh-CN': '返回持有链接者受邀加入的成员单位和角色。',
    en: 'What somebody who holds the link is invited to.',
  },
  asks: 'anyone',
  params: Token,
  answers: {
    200: z.object({
      group: z.string(),
      organisation: z.string(),
      email: z.string(),
      /** Empty when they are to say it themselves. */
      name: z.string(),
      /** They are a member already, and only choose a password. */
      isMember: z.boolean(),
      expiresAt: Moment,
    }),
  },
  problems: ['members/invitation-over'],
});

export const acceptInvitation = endpoint({
  method: 'post',
  path: '/api/invitations/{token}/accept',
  summary: {
    'zh-CN': '设置姓名和密码；链接随即失效，此后可用该邮箱登录。',
    en: 'Sets name and password; the link is used up, and the person can sign in with this address.',
  },
  asks: 'anyone',
  params: Token,
  body: z.strictObject({ name: line(60, 1), password: Password }),
  answers: { 200: z.object({ email: z.string() }) },
  problems: ['members/invitation-over', 'members/weak-password', 'members/email-taken', 'members/suspended'],
});
