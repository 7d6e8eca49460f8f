import type { Language, Said } from '../http/contract.ts';

/** What the reference itself says. */
const words = {
  title: { 'zh-CN': '接口文档', en: 'API reference' },
  lead: {
    'zh-CN': '程序通过以下接口使用本平台。地址与问题类型长期稳定；全部内容由接口约定自动生成。',
    en: 'What programs use the repository with. Addresses and problem types are stable; everything here is made from the contracts.',
  },
  basics: { 'zh-CN': '基本约定', en: 'Basics' },
  authentication: {
    'zh-CN': '浏览器使用会话 Cookie；程序使用令牌：Authorization: Bearer …，成员可在“我的令牌”中创建。',
    en: 'Browsers use the session cookie; programs send a token, Authorization: Bearer …, which a member makes under “My tokens”.',
  },
  paging: {
    'zh-CN': '列表按游标翻页：?limit=&cursor=，返回 { items, next }；没有 next 即为最后一页。',
    en: 'Lists are paged by cursor: ?limit=&cursor= gives { items, next }; without next it was the last page.',
  },
  editing: {
    'zh-CN':
      '可编辑的内容带有 ETag；修改时以 If-Match 送回，期间若被他人修改则返回 412，不作修改。不带 If-Match 则直接保存，所提交的各项覆盖他人的修改。',
    en: 'What can be edited has an ETag; send it back in If-Match, and when somebody else has changed it meanwhile the answer is 412 and nothing is saved. Without If-Match it is saved all the same: what is sent overwrites what others have changed.',
  },
  errors: {
    'zh-CN': '出错时返回 application/problem+json（RFC 9457），type 稳定不变，见下方“问题”。',
    en: 'Errors are application/problem+json (RFC 9457) with a stable type; see Problems below.',
  },
  changes: {
    'zh-CN': '网页发出的修改请求须为同源，并带请求头 X-Courseyard: 1；程序不需要。',
    en: 'Changes sent by a web page must come from our own origin with the header X-Courseyard: 1; programs need neither.',
  },
  problems: { 'zh-CN': '问题', en: 'Problems' },
  parameters: { 'zh-CN': '参数', en: 'Parameters' },
  body: { 'zh-CN': '请求体', en: 'Body' },
  answer: { 'zh-CN': '返回', en: 'Answer' },
  sometimes: { 'zh-CN': '视情况', en: 'sometimes' },
  required: { 'zh-CN': '必填', en: 'required' },
  anyone: { 'zh-CN': '无需登录', en: 'Anyone' },
  'signed-in': { 'zh-CN': '登录后可用', en: 'Signed in' },
  asks: { 'zh-CN': '需要权限', en: 'Asks for' },
  bytes: { 'zh-CN': '文件内容', en: 'bytes' },
  text: { 'zh-CN': '文本', en: 'text' },
  nothing: { 'zh-CN': '无内容', en: 'no content' },
  specification: { 'zh-CN': 'OpenAPI 3.1 文件', en: 'OpenAPI 3.1 document' },
} satisfies Record<string, Said>;

export type Word = keyof typeof words;

export const say = (word: Word, language: Language): string => words[word][language];

const rooms: Record<string, Said> = {
  auth: { 'zh-CN': '登录', en: 'Sign-in' },
  bags: { 'zh-CN': 'BagIt 包', en: 'BagIt bags' },
  'bundle.zip': { 'zh-CN': '打包下载', en: 'Bundles' },
  collections: { 'zh-CN': '专题', en: 'Collections' },
  derivatives: { 'zh-CN': '衍生物', en: 'Derivatives' },
  group: { 'zh-CN': '集团', en: 'Group' },
  invitations: { 'zh-CN': '邀请', en: 'Invitations' },
  jobs: { 'zh-CN': '后台任务', en: 'Jobs' },
  me: { 'zh-CN': '我', en: 'Me' },
  oembed: { 'zh-CN': '嵌入其他网站', en: 'Embedding' },
  operations: { 'zh-CN': '运行', en: 'Operations' },
  organisations: { 'zh-CN': '成员单位', en: 'Organisations' },
  people: { 'zh-CN': '人员', en: 'People' },
  reference: { 'zh-CN': '接口文档', en: 'Reference' },
  resources: { 'zh-CN': '资源', en: 'Resources' },
  reviews: { 'zh-CN': '审核', en: 'Reviews' },
  search: { 'zh-CN': '搜索', en: 'Search' },
  setup: { 'zh-CN': '初始设置', en: 'Set-up' },
  shelves: { 'zh-CN': '书架', en: 'Shelves' },
  storage: { 'zh-CN': '存储', en: 'Storage' },
  uploads: { 'zh-CN': '上传', en: 'Uploads' },
  usage: { 'zh-CN': '使用统计', en: 'Usage' },
  vocabularies: { 'zh-CN': '词表', en: 'Vocabularies' },
};

/** What a room is called. */
export const roomName = (room: string, language: Language): string => rooms[room]?.[language] ?? room;
