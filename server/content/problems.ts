import { defineProblem } from '../http/index.ts';

export const noSuchContent = defineProblem({
  type: 'content/not-found',
  status: 404,
  says: {
    'zh-CN': () => '这个地址没有内容。请从资源页面重新打开。',
    en: () => 'There is nothing at this address. Open it from the page of the resource.',
  },
});

export const noSuchImage = defineProblem({
  type: 'content/no-such-image',
  status: 400,
  says: {
    'zh-CN': () =>
      '不支持这个图像请求（IIIF Image API 3.0，level 1）：区域为 full、square 或 x,y,w,h，尺寸不能放大，旋转为 0，以 default.jpg 结尾。',
    en: () =>
      'This is no image of IIIF Image API 3.0, level 1: the region is full, square or x,y,w,h, the size does not enlarge it, the rotation is 0, and default.jpg ends it.',
  },
});

export const addressExpired = defineProblem({
  type: 'content/address-expired',
  status: 410,
  says: {
    'zh-CN': () => '这个地址已过期，请刷新资源页面后重新打开。',
    en: () => 'This address has expired. Reload the page of the resource and open it again.',
  },
});

export const readOnly = defineProblem({
  type: 'content/read-only',
  status: 405,
  says: {
    'zh-CN': () => '内容服务只能读取（GET、HEAD）。',
    en: () => 'The content server is for reading only (GET, HEAD).',
  },
});

export const noPreview = defineProblem({
  type: 'content/no-preview',
  status: 404,
  says: {
    'zh-CN': () => '这个资源还没有缩略图，请稍后再试。',
    en: () => 'There is no picture of this resource yet. Try again later.',
  },
});
