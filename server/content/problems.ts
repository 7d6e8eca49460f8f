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

export const notEmbeddable = defineProblem({
  type: 'content/not-embeddable',
  status: 404,
  says: {
    'zh-CN': () => '这个地址没有可以嵌入的资源。请填写已发布资源的页面地址。',
    en: () =>
      'There is no resource at this address that can be embedded. Give the address of the page of a published one.',
  },
});

/** oEmbed 1.0, section 2.3.5: the answer to a format that a provider does not have. */
export const formatNotOffered = defineProblem<{ format: string }>({
  type: 'content/format-not-offered',
  status: 501,
  says: {
    'zh-CN': ({ format }) => `没有 ${format} 格式，请使用 format=json。`,
    en: ({ format }) => `There is no format ${format}. Use format=json.`,
  },
});

export const notEncodable = defineProblem({
  type: 'content/not-encodable',
  status: 409,
  says: {
    'zh-CN': () => '这个文件不需要转换，或者无法转换；可以下载后查看。',
    en: () => 'This file needs no conversion, or cannot be converted. Download it to see it.',
  },
});

export const notEncoding = defineProblem({
  type: 'content/not-encoding',
  status: 409,
  says: {
    'zh-CN': () => '转换已经结束或停止，请刷新页面查看。',
    en: () => 'The conversion has ended or was stopped. Reload the page to see.',
  },
});
