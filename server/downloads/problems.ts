import { defineProblem } from '../http/index.ts';

export const fileSetAside = defineProblem<{ path: string }>({
  type: 'downloads/file-set-aside',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `“${path}”已损坏或染毒，不提供下载，因此无法打包全部文件；其他文件可以逐个下载。`,
    en: ({ path }) =>
      `“${path}” is damaged or infected and not handed out, so there is no zip of everything. The other files can be downloaded one by one.`,
  },
});

export const tooMuchAtOnce = defineProblem<{ most: number }>({
  type: 'downloads/too-much-at-once',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `一次最多打包 ${most} 个文件，请分几次下载。`,
    en: ({ most }) => `At most ${most} files go into one zip. Download them in several steps.`,
  },
});
