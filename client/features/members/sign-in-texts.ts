import { defineTexts } from '../../i18n/index.ts';

export const signInTexts = defineTexts(
  'sign-in',
  {
    title: '登录',
    welcome: '登录后可以查看集团内的资源、下载并收藏到书架。',
    email: '邮箱',
    password: '密码',
    submit: '登录',
    another: '这不是{{name}}的邮箱。换人登录后，{{name}}填写的内容不会保存。',
    'email.needed': '请填写邮箱',
    'password.needed': '请填写密码',
    invited: '没有账号？请联系本单位管理员获取邀请链接。',
    forgotten: '忘记密码？本单位管理员可在“成员”页为您生成新密码链接。',
    'not-set-up': '系统还没有完成初始设置',
    'not-set-up.detail': '请打开服务器启动时在控制台显示的设置链接，设置第一位管理员。',
  },
  {
    title: 'Sign in',
    welcome: 'Sign in to see what the group shares, to download it and to keep it on your shelves.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    another:
      'This is not the address of {{name}}. When somebody else signs in, what {{name}} typed is not saved.',
    'email.needed': 'Enter your e-mail address',
    'password.needed': 'Enter your password',
    invited: 'No account? Ask the administrator of your organisation for an invitation.',
    forgotten:
      'Forgotten your password? The administrator of your organisation can make you a new password link, on the page of members.',
    'not-set-up': 'Not set up yet',
    'not-set-up.detail':
      'Open the set-up link that the server prints in its console when it starts, and set up the first administrator.',
  },
);
