import { defineProblem } from '../http/index.ts';

export const alreadyCollected = defineProblem<{ resource: string }>({
  type: 'collections/already-collected',
  status: 409,
  says: {
    'zh-CN': ({ resource }) => `资源 ${resource} 已在其中，可直接调整位置。`,
    en: ({ resource }) => `Resource ${resource} is in it already; move it instead.`,
  },
});

export const notInIt = defineProblem<{ resource: string }>({
  type: 'collections/not-in-it',
  status: 404,
  says: {
    'zh-CN': ({ resource }) => `资源 ${resource} 不在其中，请刷新后查看。`,
    en: ({ resource }) => `Resource ${resource} is not in it. Reload to see.`,
  },
});

export const noSuchSection = defineProblem<{ section: string }>({
  type: 'collections/no-such-section',
  status: 409,
  says: {
    'zh-CN': ({ section }) => `没有栏目 ${section}，请先建立它。`,
    en: ({ section }) => `There is no section ${section}; make it first.`,
  },
});

export const full = defineProblem<{ most: number }>({
  type: 'collections/full',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `最多收入 ${most} 个资源，请拆分。`,
    en: ({ most }) => `It holds at most ${most} resources. Split it.`,
  },
});

export const tooMany = defineProblem<{ most: number }>({
  type: 'collections/too-many',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `每人最多 ${most} 个书架，请先删除不用的。`,
    en: ({ most }) => `A member keeps at most ${most} shelves. Remove one that you no longer use.`,
  },
});
