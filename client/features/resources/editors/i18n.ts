import { defineTexts } from '../../../i18n/index.ts';

export const editorsTexts = defineTexts(
  'editors',
  {
    invite: '邀请共同编辑',
    with: '共同编辑：{{names}}',
    title: '谁能编辑这份草稿',
    rights: '共同编辑的人能看到草稿，修改说明和文件，提交审核；不能删除或撤下资源，也不能再邀请别人。',
    list: '能编辑的人',
    owner: '建立者',
    you: '您',
    find: '添加本单位的同事',
    'find.hint': '输入姓名、拼音或首字母；有人同名时输入邮箱。',
    'find.none': '本单位没有这样的成员',
    added: '{{name}}可以编辑了，会在“我的资源”里看到它。',
    remove: '移除 {{name}}',
    removed: '{{name}}不能再编辑它。',
    done: '完成',
  },
  {
    invite: 'Invite editors',
    with: 'Edited with {{names}}',
    title: 'Who edits this draft',
    rights:
      'Editors see the draft, change its description and files, and submit it. They can neither delete nor withdraw the resource, nor invite others.',
    list: 'Those who edit it',
    owner: 'began it',
    you: 'you',
    find: 'Add a colleague of your organisation',
    'find.hint': 'Type a name, its pinyin or initials; where two share a name, the e-mail address.',
    'find.none': 'Nobody in your organisation is called so',
    added: '{{name}} can edit it now, and finds it under My resources.',
    remove: 'Remove {{name}}',
    removed: '{{name}} can no longer edit it.',
    done: 'Done',
  },
);
