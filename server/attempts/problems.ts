import { defineProblem } from '../http/index.ts';

export const attemptTooLarge = defineProblem({
  type: 'attempts/too-large',
  status: 413,
  says: {
    'zh-CN': () => '课件要保存的学习数据过多，这次进度未能保存；请联系课件作者。',
    en: () =>
      'The package wants to keep too much data, so this progress was not kept. Tell the author of the package.',
  },
});
