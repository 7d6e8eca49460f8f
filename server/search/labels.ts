import type { Language } from '../http/index.ts';
import { allOrganisations } from '../members/index.ts';
import { termsOf } from '../vocabularies/index.ts';
import type { Facet } from './contract.ts';

/** Which vocabulary names the values of a facet. */
const vocabularies: readonly (readonly [Facet, string])[] = [
  ['major', 'majors'],
  ['course', 'courses'],
  ['level', 'levels'],
  ['materialType', 'material-types'],
  ['licence', 'licences'],
];

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const kinds: Words = {
  courseware: { 'zh-CN': '模块化课件', en: 'Courseware' },
  textbook: { 'zh-CN': '新型教材', en: 'Textbook' },
  xr: { 'zh-CN': 'VR/AR 实训', en: 'VR/AR training' },
};
const languages: Words = {
  'zh-CN': { 'zh-CN': '简体中文', en: 'Chinese' },
  zh: { 'zh-CN': '中文', en: 'Chinese' },
  en: { 'zh-CN': '英文', en: 'English' },
  de: { 'zh-CN': '德文', en: 'German' },
  ja: { 'zh-CN': '日文', en: 'Japanese' },
};
const mediaTypes: Words = {
  image: { 'zh-CN': '图片', en: 'Image' },
  video: { 'zh-CN': '视频', en: 'Video' },
  audio: { 'zh-CN': '音频', en: 'Audio' },
  text: { 'zh-CN': '文本', en: 'Text' },
  model: { 'zh-CN': '三维模型', en: '3D model' },
  application: { 'zh-CN': '文档', en: 'Documents' },
  'application/pdf': { 'zh-CN': 'PDF', en: 'PDF' },
  'application/zip': { 'zh-CN': '压缩包', en: 'Archive' },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    'zh-CN': '演示文稿（PPTX）',
    en: 'Presentation (PPTX)',
  },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    'zh-CN': 'Word 文档（DOCX）',
    en: 'Document (DOCX)',
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    'zh-CN': '电子表格（XLSX）',
    en: 'Spreadsheet (XLSX)',
  },
  'video/mp4': { 'zh-CN': 'MP4 视频', en: 'MP4 video' },
  'model/gltf-binary': { 'zh-CN': 'GLB 模型', en: 'GLB model' },
};
const fixed: Partial<Record<Facet, Words>> = { kind: kinds, language: languages, mediaType: mediaTypes };

export interface FacetLabel {
  label: string;
  parent?: string;
}

/** Where names come from: organisations, and the vocabularies in their order; each the same map while it says the same. */
export const nameSources = () =>
  Promise.all([allOrganisations(), ...vocabularies.map(([, vocabulary]) => termsOf(vocabulary))]);

type Sources = Awaited<ReturnType<typeof nameSources>>;

/** The name of a value of a facet, and the value above it in a hierarchy. */
export function facetLabel(
  [organisations, ...terms]: Sources,
  language: Language,
  facet: Facet,
  value: string,
): FacetLabel {
  if (facet === 'organisation') return { label: organisations.get(value)?.name ?? value };
  const known = terms[vocabularies.findIndex(([named]) => named === facet)];
  if (known) {
    const term = known.get(value);
    const label = term?.labels[language] || term?.labels['zh-CN'] || value;
    return term?.parent ? { label, parent: term.parent } : { label };
  }
  const label = fixed[facet]?.[value]?.[language] ?? value;
  const slash = facet === 'mediaType' ? value.indexOf('/') : -1;
  return slash > 0 ? { label, parent: value.slice(0, slash) } : { label };
}
