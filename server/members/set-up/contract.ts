import { z } from 'zod';
import { endpoint, line, Nothing, whole } from '../../http/contract.ts';
import { organisationKinds } from '../organisations/contract.ts';
import { Email, Password } from '../sign-in/contract.ts';

export const getSetUp = endpoint({
  method: 'get',
  path: '/api/setup',
  summary: {
    'zh-CN': '返回是否尚待设置第一位管理员。',
    en: 'Whether the first administrator is still to be set up.',
  },
  asks: 'anyone',
  answers: { 200: z.object({ open: z.boolean() }) },
});

export const setUp = endpoint({
  method: 'post',
  path: '/api/setup',
  summary: {
    'zh-CN': '设置集团和首个成员单位的名称，以及管理员的密码；只能执行一次。',
    en: 'Names the group and its first organisation and gives the administrator a password; works once.',
  },
  asks: 'anyone',
  body: z.strictObject({
    /** From the address that the server prints at its start: whoever can read the console may do this. */
    token: whole().min(1).max(100),
    groupName: line(80, 1),
    organisationName: line(80, 2),
    organisationKind: z.enum(organisationKinds).default('college'),
    name: line(60, 1),
    email: Email,
    password: Password,
  }),
  answers: { 204: Nothing },
  problems: [
    'members/set-up-closed',
    'members/set-up-token-wrong',
    'members/weak-password',
    'members/email-taken',
  ],
});
