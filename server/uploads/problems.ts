import { defineProblem } from '../http/index.ts';

export const badForm = defineProblem<{ reason: string }>({
  type: 'uploads/bad-form',
  status: 400,
  says: {
    'zh-CN': ({ reason }) => `上传表单无法读取（${reason}）。文件放在 files 字段，路径放在 paths 字段。`,
    en: ({ reason }) =>
      `The form cannot be read (${reason}). Files go into the field files, their paths into paths.`,
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
