import { defineProblem } from '../http/index.ts';

export const notABag = defineProblem<{ why: string }>({
  type: 'bags/not-a-bag',
  status: 422,
  says: {
    'zh-CN': ({ why }) =>
      `该压缩包不是可导入的 BagIt 1.0 数据包（${why}）。请选择由本系统或其他 BagIt 软件导出的文件。`,
    en: ({ why }) =>
      `The archive is no BagIt 1.0 bag that can be imported (${why}). Choose one that was exported here or by another BagIt program.`,
  },
});

export const incompleteBag = defineProblem<{ path: string }>({
  type: 'bags/incomplete',
  status: 422,
  says: {
    'zh-CN': ({ path }) => `数据包不完整：“${path}”只出现在清单或内容之一中。请重新导出。`,
    en: ({ path }) =>
      `The bag is not complete: “${path}” stands in its manifest or among its files only. Export it again.`,
  },
});

export const wrongBagChecksum = defineProblem<{ path: string }>({
  type: 'bags/wrong-checksum',
  status: 422,
  says: {
    'zh-CN': ({ path }) => `“${path}”的校验和不符，内容已损坏，没有导入任何内容。请重新导出。`,
    en: ({ path }) =>
      `“${path}” is not what its checksum says; it is damaged and nothing was imported. Export it again.`,
  },
});
