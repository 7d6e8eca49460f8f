import { defineProblem } from '../http/index.ts';

export const tooManySaved = defineProblem<{ most: number }>({
  type: 'search/too-many-saved',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `最多保存 ${most} 个搜索，请先删除不再需要的。`,
    en: ({ most }) => `At most ${most} searches are kept; forget one that you no longer need.`,
  },
});
