import { defineProblem } from '../http/index.ts';

/** What is wrong with a form, beside its files. */
export type FormFault = 'boundary' | 'cut-off' | 'malformed' | 'unknown-field' | 'too-much';

export const badForm = defineProblem<{ fault: FormFault; field?: string | undefined }>({
  type: 'uploads/bad-form',
  status: 400,
  fields: ({ field }) => (field === undefined ? [] : [{ in: 'body', field }]),
  says: {
    'zh-CN': ({ fault, field = '' }) =>
      ({
        boundary: '上传表单缺少分隔符（boundary），没有保存任何文件。请由程序库生成表单后重新上传。',
        'cut-off': '上传表单不完整，没有保存任何文件。请检查网络后重新上传。',
        malformed: '上传表单的格式有误，没有保存任何文件。请由程序库生成表单后重新上传。',
        'unknown-field': `上传表单中有不认识的字段“${field}”，没有保存任何文件。文件放在 files 字段，路径放在 paths 字段，taken 字段为 replace 或 rename。`,
        'too-much': `上传表单中的字段${field && `“${field}”`}过多或过长，没有保存任何文件。请缩短后重新上传。`,
      })[fault],
    en: ({ fault, field = '' }) =>
      ({
        boundary:
          'The form names no boundary, and nothing was kept. Have a library make it and send it again.',
        'cut-off': 'The form is not complete, and nothing was kept. Check the network and send it again.',
        malformed:
          'The form is not well formed, and nothing was kept. Have a library make it and send it again.',
        'unknown-field': `The form has a field “${field}” that is not known, and nothing was kept. Files go into files, their paths into paths; taken is replace or rename.`,
        'too-much': `The form has fields${field && ` (${field})`} that are too many or too long, and nothing was kept. Shorten it and send it again.`,
      })[fault],
  },
});

export const unsafePath = defineProblem<{ field: string }>({
  type: 'uploads/unsafe-path',
  status: 400,
  fields: ({ field }) => [{ in: 'body', field }],
  says: {
    'zh-CN': () =>
      '文件名或路径不可用：不能为空、过长或含“..”，不能以“/”开头，也不能含反斜杠、控制字符和方向控制符。请改名后重新上传。',
    en: () =>
      'The name or path of the file cannot be used: not empty, too long, with “..”, a “/” at the beginning, backslashes, control characters or direction marks. Rename it and send it again.',
  },
});

export const tooManyInForm = defineProblem<{ most: number }>({
  type: 'uploads/too-many-in-form',
  status: 400,
  says: {
    'zh-CN': ({ most }) => `一次最多上传 ${most} 个文件，没有保存任何文件。请分几次上传。`,
    en: ({ most }) => `A form takes ${most} files at most, and nothing was kept. Send them in several forms.`,
  },
});

export const brokenOff = defineProblem({
  type: 'uploads/broken-off',
  status: 400,
  says: {
    'zh-CN': () => '上传中断，没有保存任何文件。请检查网络后重新上传。',
    en: () => 'The upload broke off and nothing was kept. Check the network and send it again.',
  },
});

export const nothingSent = defineProblem({
  type: 'uploads/nothing-sent',
  status: 400,
  says: {
    'zh-CN': () => '没有收到文件，请至少选择一个文件。',
    en: () => 'No file arrived. Choose at least one.',
  },
});

export const badProtocol = defineProblem<{ reason: string }>({
  type: 'uploads/bad-protocol',
  status: 400,
  says: {
    'zh-CN': ({ reason }) => `续传请求有误（${reason}），请按 tus 1.0.0 协议重新发送。`,
    en: ({ reason }) => `The request does not follow tus 1.0.0 (${reason}). Correct it and send it again.`,
  },
});

export const moreThanDeclared = defineProblem({
  type: 'uploads/more-than-declared',
  status: 413,
  says: {
    'zh-CN': () =>
      '发送的字节多于创建上传时声明的大小（Upload-Length）。请用 HEAD 查询已保存的位置，只发送剩余部分；文件已改变的，请重新上传。',
    en: () =>
      'More bytes were sent than Upload-Length declared. Ask for the offset with HEAD and send the rest alone; begin again if the file has changed.',
  },
});

export const otherProtocolVersion = defineProblem({
  type: 'uploads/other-protocol-version',
  status: 412,
  says: {
    'zh-CN': () => '续传协议版本不符，本服务使用 tus 1.0.0（请求头 Tus-Resumable: 1.0.0）。',
    en: () => 'We speak tus 1.0.0; send the header Tus-Resumable: 1.0.0.',
  },
});

export const otherOffset = defineProblem({
  type: 'uploads/other-offset',
  status: 409,
  says: {
    'zh-CN': () => '续传位置与服务器不一致，请先用 HEAD 查询位置再继续。',
    en: () => 'The upload has come to another offset. Ask for it with HEAD, then go on from there.',
  },
});

export const uploadGone = defineProblem({
  type: 'uploads/gone',
  status: 410,
  says: {
    'zh-CN': () => '该上传已过期或已取消，请重新上传。',
    en: () => 'The upload has expired or was given up. Begin it again.',
  },
});

export const wrongChecksum = defineProblem({
  type: 'uploads/wrong-checksum',
  status: 460,
  says: {
    'zh-CN': () => '这一段数据在传输中损坏，已丢弃。请重新发送这一段。',
    en: () => 'These bytes were damaged on the way and dropped. Send them again.',
  },
});

export const busy = defineProblem({
  type: 'uploads/busy',
  status: 423,
  says: {
    'zh-CN': () => '该上传正由另一个连接写入，请稍后重试。',
    en: () => 'Another connection is writing to this upload. Try again in a moment.',
  },
});

export const notHeld = defineProblem<{ path: string }>({
  type: 'uploads/not-held',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `本单位没有“${path}”的内容，请直接上传这个文件。`,
    en: ({ path }) => `Your organisation does not hold the bytes of “${path}”. Upload the file.`,
  },
});
