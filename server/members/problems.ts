import { defineProblem } from '../http/index.ts';

export const wrongCredentials = defineProblem({
  type: 'members/wrong-credentials',
  status: 401,
  says: {
    'zh-CN': () => '邮箱或密码不正确，请重试；忘记密码时请向单位管理员索取新的链接。',
    en: () =>
      'The e-mail address or the password is wrong. Try again, or ask your administrator for a new link.',
  },
});

export const memberSuspended = defineProblem({
  type: 'members/suspended',
  status: 403,
  says: {
    'zh-CN': () => '您的账号或所在单位已停用，请联系管理员。',
    en: () => 'Your account or your organisation is suspended. Ask your administrator.',
  },
});

export const tokenRefused = defineProblem({
  type: 'members/token-refused',
  status: 401,
  says: {
    'zh-CN': () => '访问令牌无效、已过期或已撤销，请在个人设置中新建令牌。',
    en: () => 'The token is unknown, expired or revoked. Make a new one in your profile.',
  },
});

export const sessionNeeded = defineProblem({
  type: 'members/session-needed',
  status: 403,
  says: {
    'zh-CN': () => '此操作需要在浏览器中登录后进行，不能使用访问令牌。',
    en: () => 'This needs a person who has signed in; a token cannot do it.',
  },
});

export const weakPassword = defineProblem<{
  fault: 'short' | 'long' | 'common' | 'personal';
  min: number;
  max: number;
  /** Where it stands in the request. */
  field: string;
}>({
  type: 'members/weak-password',
  status: 400,
  fields: ({ field }) => [{ in: 'body', field }],
  says: {
    'zh-CN': ({ fault, min, max }) =>
      ({
        short: `密码太短，请使用至少 ${min} 个字符。`,
        long: `密码太长，请使用不超过 ${max} 个字符。`,
        common: '密码过于常见，很容易被猜到，请换一个。',
        personal: '密码与您的姓名或邮箱相同，请换一个。',
      })[fault],
    en: ({ fault, min, max }) =>
      ({
        short: `The password is too short: use at least ${min} characters.`,
        long: `The password is too long: use at most ${max} characters.`,
        common: 'The password is one of the first that are guessed. Choose another.',
        personal: 'The password is your name or e-mail address. Choose another.',
      })[fault],
  },
});

export const wrongPassword = defineProblem({
  type: 'members/wrong-password',
  status: 403,
  says: {
    'zh-CN': () => '当前密码不正确，密码没有更改，请重试。',
    en: () => 'The current password is wrong and nothing was changed. Try again.',
  },
});

export const emailTaken = defineProblem<{ email: string }>({
  type: 'members/email-taken',
  status: 409,
  fields: () => [{ in: 'body', field: 'email' }],
  says: {
    'zh-CN': ({ email }) => `${email} 已是成员的邮箱，请换一个邮箱，或在成员列表中查找。`,
    en: ({ email }) =>
      `${email} belongs to a member already. Use another address, or look in the list of members.`,
  },
});

export const organisationExists = defineProblem<{ name: string }>({
  type: 'members/organisation-exists',
  status: 409,
  says: {
    'zh-CN': ({ name }) => `成员单位“${name}”已存在，请使用其他名称。`,
    en: ({ name }) => `There is an organisation called ${name} already. Use another name.`,
  },
});

export const lastGroupAdmin = defineProblem({
  type: 'members/last-group-admin',
  status: 409,
  says: {
    'zh-CN': () => '这是最后一位能够登录的集团管理员，请先任命另一位，再进行此操作。',
    en: () => 'This is the last group administrator who can sign in. Appoint another one first.',
  },
});

export const lastOrganisationAdmin = defineProblem({
  type: 'members/last-organisation-admin',
  status: 409,
  says: {
    'zh-CN': () => '您是本单位最后一位能够登录的管理员，请先任命另一位，再进行此操作。',
    en: () =>
      'You are the last administrator of your organisation who can sign in. Appoint another one first.',
  },
});

export const invitationOver = defineProblem({
  type: 'members/invitation-over',
  status: 410,
  says: {
    'zh-CN': () =>
      '邀请链接不完整，或已使用、已取消、已过期。请完整复制链接再打开，或向单位管理员索取新的链接。',
    en: () =>
      'The link is not complete, or it was used, cancelled or has expired. Copy the whole link, or ask your administrator for a new one.',
  },
});

export const setUpClosed = defineProblem({
  type: 'members/set-up-closed',
  status: 409,
  says: {
    'zh-CN': () => '系统已完成初始设置，请直接登录。',
    en: () => 'The set-up is done and closed. Sign in.',
  },
});

export const setUpTokenWrong = defineProblem({
  type: 'members/set-up-token-wrong',
  status: 403,
  says: {
    'zh-CN': () => '设置链接不正确，请打开服务启动时在控制台显示的设置地址。',
    en: () => 'The set-up link is not right. Open the address that the server printed when it started.',
  },
});

export const csvUnreadable = defineProblem<{ reason: 'empty' | 'columns' | 'rows' | 'broken'; row?: number }>(
  {
    type: 'members/csv-unreadable',
    status: 422,
    says: {
      'zh-CN': ({ reason, row }) =>
        ({
          empty: '文件中没有成员，请至少填写一行。',
          columns: '第一行须为列名：姓名、邮箱、角色（或 name、email、roles）。请对照模板修改。',
          rows: '文件行数过多，每次最多导入 5000 人，请分批导入。',
          broken: `第 ${row ?? 1} 行不是有效的 CSV，请检查引号和分隔符。`,
        })[reason],
      en: ({ reason, row }) =>
        ({
          empty: 'The file has no members. Fill in at least one row.',
          columns: 'The first row must name the columns name, email and roles. Compare with the template.',
          rows: 'The file has too many rows: import at most 5000 people at a time.',
          broken: `Row ${row ?? 1} is not valid CSV. Check its quotes and separators.`,
        })[reason],
    },
  },
);

export const tooManyTokens = defineProblem<{ most: number }>({
  type: 'members/too-many-tokens',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `每人最多 ${most} 个令牌，请先撤销不再使用的令牌。`,
    en: ({ most }) => `A member has at most ${most} tokens. Revoke those that are no longer used.`,
  },
});

export const unknownMembers = defineProblem<{
  ids: string[];
  /** The fields that name them. */
  at: string[];
}>({
  type: 'members/unknown-members',
  status: 400,
  fields: ({ at }) => at.map((field) => ({ in: 'body', field })),
  says: {
    'zh-CN': ({ ids }) => `没有编号为 ${ids.join('、')} 的成员，或其已停用，请另选成员。`,
    en: ({ ids }) => `There is no member ${ids.join(', ')} who can sign in; choose somebody else.`,
  },
});

export const unknownOrganisations = defineProblem<{
  ids: string[];
  /** The fields that name them. */
  at: string[];
}>({
  type: 'members/unknown-organisations',
  status: 400,
  fields: ({ at }) => at.map((field) => ({ in: 'body', field })),
  says: {
    'zh-CN': ({ ids }) => `没有编号为 ${ids.join('、')} 的成员单位，请从成员单位中选择。`,
    en: ({ ids }) => `There is no organisation ${ids.join(', ')}; choose among those of the group.`,
  },
});
