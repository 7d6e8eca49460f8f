import { defineProblem } from './problem.ts';

/** Problems that any endpoint may answer. */

export const invalidRequest = defineProblem<{ errors: { in: string; field: string; message: string }[] }>({
  type: 'http/invalid-request',
  status: 400,
  says: {
    'zh-CN': ({ errors }) =>
      `请修改后重试：${errors.map((e) => `${e.field || e.in}（${e.message}）`).join('；')}`,
    en: ({ errors }) =>
      `Correct and try again: ${errors.map((e) => `${e.field || e.in} (${e.message})`).join('; ')}`,
  },
});

export const unreadableBody = defineProblem({
  type: 'http/unreadable-body',
  status: 400,
  says: {
    'zh-CN': () => '请求内容不是有效的 JSON，请检查后重新发送。',
    en: () => 'The body is not valid JSON. Check it and send it again.',
  },
});

export const wrongContentType = defineProblem<{ wanted: string }>({
  type: 'http/wrong-content-type',
  status: 415,
  says: {
    'zh-CN': ({ wanted }) => `请求内容的类型不符，没有保存任何内容。请以 Content-Type: ${wanted} 重新发送。`,
    en: ({ wanted }) =>
      `The body is of another type than expected and nothing was saved. Send it as Content-Type: ${wanted}.`,
  },
});

export const badAddress = defineProblem({
  type: 'http/bad-address',
  status: 400,
  says: {
    'zh-CN': () => '地址中的百分号编码（%）有误，请检查地址后重试。',
    en: () => 'The address is not percent-encoded as it must be. Check it and try again.',
  },
});

export const malformedRequest = defineProblem({
  type: 'http/malformed-request',
  status: 400,
  says: {
    'zh-CN': () => '收到的内容不是有效的 HTTP/1.1 请求。请检查所用的程序或代理。',
    en: () => 'What came is no valid HTTP/1.1 request. Check the program or the proxy.',
  },
});

export const requestTooSlow = defineProblem({
  type: 'http/request-too-slow',
  status: 408,
  says: {
    'zh-CN': () => '请求没有及时发完。请检查网络后重试。',
    en: () => 'The request did not come in time. Check the network and try again.',
  },
});

export const headersTooLarge = defineProblem({
  type: 'http/headers-too-large',
  status: 431,
  says: {
    'zh-CN': () => '请求的地址或请求头过长。请缩短地址，或清除本站的 Cookie 后重试。',
    en: () =>
      'The address or the headers are too long. Shorten the address, or clear the cookies of this site.',
  },
});

export const bodyTooLarge = defineProblem({
  type: 'http/body-too-large',
  status: 413,
  says: {
    'zh-CN': () => '提交的内容过大，请减少后重试；文件请通过上传功能提交。',
    en: () => 'The body is too large. Send less; files go through the uploads.',
  },
});

export const signInNeeded = defineProblem({
  type: 'http/sign-in-needed',
  status: 401,
  says: { 'zh-CN': () => '请先登录，然后重试。', en: () => 'Sign in, then try again.' },
});

export const foreignOrigin = defineProblem({
  type: 'http/foreign-origin',
  status: 403,
  says: {
    'zh-CN': () => '该请求来自其他网站，已被拒绝。请从本站页面操作。',
    en: () => 'The request came from another site and was refused. Use our own pages.',
  },
});

export const badHost = defineProblem({
  type: 'http/bad-host',
  status: 400,
  says: {
    'zh-CN': () => '请求中的主机名无效。请检查地址，或检查反向代理的设置。',
    en: () => 'The request names a host that cannot be one. Check the address, or the settings of the proxy.',
  },
});

export const noSuchAddress = defineProblem({
  type: 'http/no-such-address',
  status: 404,
  says: {
    'zh-CN': () => '没有这个接口地址，请对照 /api/docs。',
    en: () => 'There is no such address. See /api/docs.',
  },
});

export const methodNotAllowed = defineProblem<{ method: string; allowed: string[] }>({
  type: 'http/method-not-allowed',
  status: 405,
  says: {
    'zh-CN': ({ method, allowed }) => `这个接口地址不接受 ${method}，可用的方法：${allowed.join('、')}。`,
    en: ({ method, allowed }) => `This address does not take ${method}; it takes ${allowed.join(', ')}.`,
  },
});

export const changedMeanwhile = defineProblem<{ revision: number }>({
  type: 'http/changed-meanwhile',
  status: 412,
  says: {
    'zh-CN': () => '内容已被他人修改，您的修改没有保存。请对照最新内容后再保存。',
    en: () =>
      'Somebody changed this meanwhile and nothing of yours was saved. Compare with the newest, then save.',
  },
});

export const rangeOutside = defineProblem<{ size: number }>({
  type: 'http/range-outside',
  status: 416,
  says: {
    'zh-CN': ({ size }) => `请求的字节范围无效，内容共 ${size} 字节。请重新下载。`,
    en: ({ size }) => `The ranges asked for are not valid for ${size} bytes. Download it again.`,
  },
});

/** What the database's unique indexes say when two people make the same thing at the same moment. */
export const existsAlready = defineProblem({
  type: 'http/exists-already',
  status: 409,
  says: {
    'zh-CN': () => '同样的内容刚刚已被创建，请刷新后查看。',
    en: () => 'The same was made a moment ago. Reload to see it.',
  },
});

export const badCursor = defineProblem({
  type: 'http/bad-cursor',
  status: 400,
  fields: () => [{ in: 'query', field: 'cursor' }],
  says: {
    'zh-CN': () => '翻页标记无效，请从第一页重新开始。',
    en: () => 'The cursor is not one of ours. Start again at the first page.',
  },
});

/** Longer than anybody counts in seconds. */
const isLong = (seconds: number) => seconds > 90;
const minutesIn = (seconds: number) => Math.ceil(seconds / 60);

export const tooManyRequests = defineProblem<{ seconds: number }>({
  type: 'http/too-many-requests',
  status: 429,
  says: {
    'zh-CN': ({ seconds }) =>
      `操作过于频繁，请${isLong(seconds) ? `在约 ${minutesIn(seconds)} 分钟` : ` ${seconds} 秒`}后再试。`,
    en: ({ seconds }) =>
      `Too many requests. Try again in ${isLong(seconds) ? `about ${minutesIn(seconds)} minutes` : `${seconds} seconds`}.`,
  },
});

export const unexpected = defineProblem({
  type: 'http/unexpected',
  status: 500,
  says: {
    'zh-CN': () => '服务出现意外错误，已记录。请稍后重试；若仍出现，请把请求编号告诉管理员。',
    en: () =>
      'Something unexpected went wrong and was recorded. Try again; if it stays, tell the request id.',
  },
});

export const diskFull = defineProblem({
  type: 'http/disk-full',
  status: 507,
  says: {
    'zh-CN': () => '服务器磁盘已满，这次更改没有保存，已有内容不受影响。请联系集团管理员，稍后重试。',
    en: () =>
      'The disk of the server is full: this change was not saved; what was there is as it was. Tell the group administrator; try again later.',
  },
});

export const unavailable = defineProblem<{ engine: string }>({
  type: 'http/unavailable',
  status: 503,
  says: {
    'zh-CN': ({ engine }) => `${engine} 暂时无法访问，没有内容丢失。请稍后重试。`,
    en: ({ engine }) => `${engine} cannot be reached at the moment; nothing is lost. Try again shortly.`,
  },
});
