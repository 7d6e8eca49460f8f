import { defineTexts } from '../../i18n/index.ts';

export const joinTexts = defineTexts(
  'join',
  {
    opening: '邀请',
    over: '邀请链接已失效',
    title: '加入 {{organisation}}',
    'title.member': '设置密码',
    lead: '{{group}}邀请您以 {{email}} 加入，请填写姓名并设置密码。',
    'lead.member': '为账号 {{email}} 设置新密码。',
    name: '姓名',
    password: '密码',
    'password.hint': '至少 10 个字符，不要与其他网站相同。',
    needed: '请填写',
    submit: '加入',
    'submit.member': '保存密码并登录',
  },
  {
    opening: 'Invitation',
    over: 'This link does not work',
    title: 'Join {{organisation}}',
    'title.member': 'Choose a password',
    lead: '{{group}} invites you to join as {{email}}. Tell your name and choose a password.',
    'lead.member': 'Choose a new password for {{email}}.',
    name: 'Name',
    password: 'Password',
    'password.hint': 'At least 10 characters, and not one that you use elsewhere.',
    needed: 'Please fill this in',
    submit: 'Join',
    'submit.member': 'Save and sign in',
  },
);
