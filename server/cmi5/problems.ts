import { defineProblem } from '../http/index.ts';

export const noCourse = defineProblem<{ reason: string }>({
  type: 'cmi5/no-course',
  status: 422,
  says: {
    'zh-CN': ({ reason }) => `无法读取 cmi5 课程结构（${reason}）。请课件作者改正 cmi5.xml 后重新打包。`,
    en: ({ reason }) =>
      `The course structure of cmi5 cannot be read (${reason}). Its author should correct cmi5.xml and pack it again.`,
  },
});

export const noSuchUnit = defineProblem({
  type: 'cmi5/no-such-unit',
  status: 404,
  says: {
    'zh-CN': () => '课程中没有这个学习单元，请刷新页面后重新选择。',
    en: () => 'The course has no such unit. Reload the page and choose again.',
  },
});

export const unitElsewhere = defineProblem<{ url: string }>({
  type: 'cmi5/unit-elsewhere',
  status: 409,
  says: {
    'zh-CN': () => '这个学习单元不在包内，而在其他网站或已缺失，无法在此打开。请课件作者把它放进包里。',
    en: () =>
      'This unit does not lie in the package: it is on another site, or missing, and is not opened here. Its author should pack it.',
  },
});

export const notLetIn = defineProblem({
  type: 'cmi5/not-let-in',
  status: 401,
  says: {
    'zh-CN': () => '学习会话无效或已结束，请从资源页面重新打开课件。',
    en: () => 'The session is not valid or has ended. Open the package from the page of the resource again.',
  },
});

export const notYours = defineProblem<{ reason: string }>({
  type: 'cmi5/refused',
  status: 403,
  says: {
    'zh-CN': ({ reason }) => `不符合 cmi5 的规定，已拒绝（${reason}）。请课件作者改正。`,
    en: ({ reason }) =>
      `This goes against the rules of cmi5 and was refused (${reason}). The author of the package should correct it.`,
  },
});

export const badStatement = defineProblem<{ reason: string }>({
  type: 'cmi5/bad-statement',
  status: 400,
  says: {
    'zh-CN': ({ reason }) => `不是有效的 xAPI 请求（${reason}）。请课件作者改正。`,
    en: ({ reason }) =>
      `This is no valid request of xAPI (${reason}). The author of the package should correct it.`,
  },
});

export const nothingKept = defineProblem({
  type: 'cmi5/nothing-kept',
  status: 404,
  says: {
    'zh-CN': () => '这里还没有保存任何内容。',
    en: () => 'Nothing has been kept here yet.',
  },
});

export const keptOtherwise = defineProblem({
  type: 'cmi5/kept-otherwise',
  status: 409,
  says: {
    'zh-CN': () => '同一标识下已保存了不同的内容。请先读取，再带上 If-Match 重试。',
    en: () => 'Something else is kept under this identifier. Read it first, then try again with If-Match.',
  },
});

export const keptMeanwhile = defineProblem({
  type: 'cmi5/changed-meanwhile',
  status: 412,
  says: {
    'zh-CN': () => '内容已被修改。请重新读取后再试。',
    en: () => 'It was changed meanwhile. Read it again and retry.',
  },
});

export const keepsTooMuch = defineProblem({
  type: 'cmi5/too-much',
  status: 413,
  says: {
    'zh-CN': () => '课件要保存的学习记录过多，已停止保存；请联系课件作者。',
    en: () => 'The package keeps too many records, and no more are taken. Tell its author.',
  },
});
