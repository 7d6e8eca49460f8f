import { z } from 'zod';
import { endpoint, Nothing, whole } from '../../http/contract.ts';

/** An e-mail address as it is stored: small letters, nothing around it. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** A password that is typed; whether a new one is good enough is said by `members/weak-password`. */
export const Password = whole().min(1).max(512);

/** What the session cookie was given to. */
const SignedIn = z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.string() }) });

export const signIn = endpoint({
  method: 'post',
  path: '/api/auth/sign-in/email',
  summary: {
    'zh-CN': '用邮箱和密码登录；响应会设置会话 Cookie。',
    en: 'Signs in with e-mail and password; the answer sets the session cookie.',
  },
  asks: 'anyone',
  body: z.strictObject({
    email: Email,
    password: Password,
    /** Without it the session ends with the browser, a day later at most. */
    rememberMe: z.boolean().default(true),
  }),
  answers: { 200: SignedIn },
  problems: ['members/wrong-credentials', 'members/suspended', 'http/too-many-requests'],
});

export const signOut = endpoint({
  method: 'post',
  path: '/api/auth/sign-out',
  summary: { 'zh-CN': '退出登录，结束当前会话。', en: 'Ends the session.' },
  asks: 'anyone',
  answers: { 204: Nothing },
});

export const changePassword = endpoint({
  method: 'post',
  path: '/api/auth/change-password',
  summary: {
    'zh-CN': '修改自己的密码，并结束其他所有会话。',
    en: 'Changes the own password and ends all other sessions.',
  },
  asks: 'signed-in',
  body: z.strictObject({ currentPassword: Password, newPassword: Password }),
  answers: { 204: Nothing },
  problems: [
    'members/weak-password',
    'members/wrong-password',
    'members/session-needed',
    'http/too-many-requests',
  ],
});
