import { defineProblem } from '../http/index.ts';

export const ownResource = defineProblem({
  type: 'reviews/own-resource',
  status: 409,
  says: {
    'zh-CN': () => '不能评价自己的资源，请由其他教师评价。',
    en: () => 'Your own resource is for others to rate.',
  },
});

export const notPublished = defineProblem({
  type: 'reviews/not-published',
  status: 409,
  says: {
    'zh-CN': () => '该资源尚未发布或已撤下，不能评价。',
    en: () => 'It is not published, or was withdrawn; what readers cannot see they do not rate.',
  },
});
