import { formatBytes } from '../http/contract.ts';
import { defineProblem } from '../http/index.ts';

export const emptyFile = defineProblem<{ name: string }>({
  type: 'blobs/empty-file',
  status: 422,
  says: {
    'zh-CN': ({ name }) => `文件“${name}”是空的，请检查后重新上传。`,
    en: ({ name }) => `The file “${name}” is empty. Check it and upload it again.`,
  },
});

export const cutOff = defineProblem<{ name: string }>({
  type: 'blobs/cut-off',
  status: 422,
  says: {
    'zh-CN': ({ name }) => `文件“${name}”不完整，结尾部分缺失。请用原文件重新上传。`,
    en: ({ name }) => `The file “${name}” is not complete: its end is missing. Upload the original again.`,
  },
});

export const tooLarge = defineProblem<{ name: string; limit: number }>({
  type: 'blobs/too-large',
  status: 413,
  says: {
    'zh-CN': ({ name, limit }) =>
      `文件“${name}”超过上限 ${formatBytes(limit, 'zh-CN')}，请压缩或拆分后再上传。`,
    en: ({ name, limit }) =>
      `The file “${name}” is larger than ${formatBytes(limit, 'en')}. Compress or split it.`,
  },
});

export const typeDiffers = defineProblem<{ name: string; promised: string; found: string }>({
  type: 'blobs/type-differs',
  status: 415,
  says: {
    'zh-CN': ({ name, promised, found }) =>
      `文件“${name}”声称是 ${promised}，内容却是 ${found}。请改正扩展名，或用原文件重新上传。`,
    en: ({ name, promised, found }) =>
      `The file “${name}” claims to be ${promised} but contains ${found}. Correct its name or upload the original.`,
  },
});

export const overQuota = defineProblem<{ free: number; needed: number }>({
  type: 'blobs/over-quota',
  status: 507,
  says: {
    'zh-CN': ({ free, needed }) =>
      `本单位存储空间不足：需要 ${formatBytes(needed, 'zh-CN')}，剩余 ${formatBytes(free, 'zh-CN')}。请删除不用的文件，或联系集团管理员。`,
    en: ({ free, needed }) =>
      `Your organisation has ${formatBytes(free, 'en')} left, and ${formatBytes(needed, 'en')} are needed. Remove files that are not used, or ask the group administrator.`,
  },
});

export const storeFull = defineProblem({
  type: 'blobs/store-full',
  status: 507,
  says: {
    'zh-CN': () => '服务器存储空间已满，文件没有保存。请联系集团管理员，稍后重试。',
    en: () =>
      'The server has no space left and the file was not kept. Tell the group administrator; try again later.',
  },
});

export const blobGone = defineProblem<{ sha256: string }>({
  type: 'blobs/gone',
  status: 410,
  says: {
    'zh-CN': () => '这个文件的内容已被清理，请重新上传。',
    en: () => 'The bytes of this file were cleared away. Upload it again.',
  },
});

export const blobQuarantined = defineProblem<{ sha256: string; threat: string }>({
  type: 'blobs/quarantined',
  status: 403,
  says: {
    'zh-CN': ({ threat }) =>
      `病毒扫描在这个文件中发现“${threat}”，文件已隔离，不再提供。请从草稿中移除，换成干净的文件。`,
    en: ({ threat }) =>
      `The virus scanner found “${threat}” in this file; it is in quarantine and not handed out. Remove it from the draft and upload a clean one.`,
  },
});

export const blobDamaged = defineProblem<{ sha256: string }>({
  type: 'blobs/damaged',
  status: 503,
  says: {
    'zh-CN': () => '这个文件在存储中已损坏，暂不能提供；管理员已收到通知。重新上传原文件即可修复。',
    en: () =>
      'This file was damaged in storage and is not handed out; the administrator has been told. Uploading the original repairs it.',
  },
});
