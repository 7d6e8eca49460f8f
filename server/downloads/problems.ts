import { defineProblem } from '../http/index.ts';

export const tooMuchAtOnce = defineProblem<{ most: number }>({
  type: 'downloads/too-much-at-once',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `一次最多打包 ${most} 个文件，请分几次下载。`,
    en: ({ most }) => `At most ${most} files go into one zip. Download them in several steps.`,
  },
});
