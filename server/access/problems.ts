import { defineProblem } from '../http/problem.ts';

export const notFound = defineProblem({
  type: 'access/not-found',
  status: 404,
  says: {
    'zh-CN': () => '没有找到，或者您无权查看。请检查地址，或向成员单位管理员询问。',
    en: () => 'There is no such thing, or you may not see it. Check the address, or ask your administrator.',
  },
});

export const forbidden = defineProblem({
  type: 'access/forbidden',
  status: 403,
  says: {
    'zh-CN': () => '您可以查看，但没有权限执行此操作。请联系成员单位管理员。',
    en: () => 'You may see this but not do that. Ask the administrator of your organisation.',
  },
});
