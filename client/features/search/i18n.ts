import { defineTexts } from '../../i18n/index.ts';

export const searchTexts = defineTexts(
  'search',
  {
    suggestions: '搜索建议',
  },
  {
    suggestions: 'Suggestions',
  },
);
