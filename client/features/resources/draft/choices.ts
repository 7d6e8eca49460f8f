/** The closed lists of the form, in the order in which they are offered. */

export { scopes } from '../../../../server/access/contract.ts';
export { contradicts, kinds, levels, licences } from '../../../../server/resources/contract.ts';

export const languages = ['zh-CN', 'en', 'zh-Hant', 'de', 'ja', 'ru'] as const;
