import { defineProblem } from '../http/index.ts';

export const notAnArchive = defineProblem<{ name: string }>({
  type: 'archives/not-an-archive',
  status: 415,
  says: {
    'zh-CN': ({ name }) => `文件“${name}”不是 zip 压缩包，没有内部文件可列出。`,
    en: ({ name }) => `The file “${name}” is no zip archive, so there is nothing in it to list.`,
  },
});

export const damagedArchive = defineProblem<{ reason: string }>({
  type: 'archives/damaged',
  status: 422,
  says: {
    'zh-CN': ({ reason }) => `压缩包已损坏（${reason}），请重新打包后上传。`,
    en: ({ reason }) => `The archive is damaged (${reason}). Pack it again and upload it.`,
  },
});

export const tooManyEntries = defineProblem<{ most: number }>({
  type: 'archives/too-many-entries',
  status: 422,
  says: {
    'zh-CN': ({ most }) => `压缩包内的文件多于 ${most} 个，请拆分后上传。`,
    en: ({ most }) => `The archive holds more than ${most} files. Split it.`,
  },
});

export const unpacksTooLarge = defineProblem<{ bytes: number; most: number }>({
  type: 'archives/unpacks-too-large',
  status: 422,
  says: {
    'zh-CN': () => '压缩包解开后的总大小超过单个文件的上限，请拆分后上传。',
    en: () => 'Unpacked, the archive would be larger than the largest file that is accepted. Split it.',
  },
});

export const packedTooTightly = defineProblem<{ entry: string }>({
  type: 'archives/packed-too-tightly',
  status: 422,
  says: {
    'zh-CN': () => '压缩包的压缩比异常（疑似压缩炸弹），不予打开。请用常用软件重新打包。',
    en: () => 'The archive unpacks to suspiciously many times its size and is not opened. Pack it again.',
  },
});

export const overlappingEntries = defineProblem<{ entry: string }>({
  type: 'archives/overlapping-entries',
  status: 422,
  says: {
    'zh-CN': ({ entry }) => `压缩包内“${entry}”与其他文件的数据重叠，不予打开。请重新打包。`,
    en: ({ entry }) =>
      `In the archive, “${entry}” shares bytes with another file; it is not opened. Pack it again.`,
  },
});

export const unsafeEntryName = defineProblem<{ entry: string }>({
  type: 'archives/unsafe-name',
  status: 422,
  says: {
    'zh-CN': ({ entry }) =>
      `压缩包内的文件名“${entry}”不安全（上级目录、绝对路径、控制字符、过长或层级过深），请改名后重新打包。`,
    en: ({ entry }) =>
      `The name “${entry}” in the archive is not safe (a way out, absolute, control characters, too long or too deep). Rename it and pack again.`,
  },
});

export const repeatedEntry = defineProblem<{ entry: string }>({
  type: 'archives/repeated-name',
  status: 422,
  says: {
    'zh-CN': ({ entry }) => `压缩包内有多个“${entry}”，无法确定用哪一个。请重新打包。`,
    en: ({ entry }) =>
      `The archive has “${entry}” more than once, and which one counts is open. Pack it again.`,
  },
});

export const specialEntry = defineProblem<{ entry: string }>({
  type: 'archives/special-file',
  status: 422,
  says: {
    'zh-CN': ({ entry }) => `压缩包内“${entry}”是链接或设备文件，不予打开。请去掉后重新打包。`,
    en: ({ entry }) =>
      `In the archive, “${entry}” is a link or a device and is not opened. Leave it out and pack again.`,
  },
});

export const encryptedArchive = defineProblem<{ entry: string }>({
  type: 'archives/encrypted',
  status: 422,
  says: {
    'zh-CN': () => '压缩包加了密码，无法列出和打开。请去掉密码后重新打包。',
    en: () => 'The archive is protected by a password and cannot be opened here. Pack it again without one.',
  },
});

export const unknownPacking = defineProblem<{ entry: string }>({
  type: 'archives/unknown-packing',
  status: 415,
  says: {
    'zh-CN': ({ entry }) => `“${entry}”使用了少见的压缩方法，无法直接打开。请用“标准（Deflate）”重新打包。`,
    en: ({ entry }) => `“${entry}” is packed by a method that is not read here. Pack it again with Deflate.`,
  },
});
