import type { Content } from '../resources/index.ts';

type Licence = Content['licence'];

const creativeCommons = (name: string, path: string) =>
  `${name}\nhttps://creativecommons.org/${path}/deed.zh-hans\nhttps://creativecommons.org/${path}/legalcode\n`;

/** What may be done with a resource, as it goes into a bundle. */
export const licenceTexts: Record<Licence, string> = {
  'cc-by-4.0': creativeCommons(
    '知识共享 署名 4.0 国际 · Creative Commons Attribution 4.0 International',
    'licenses/by/4.0',
  ),
  'cc-by-sa-4.0': creativeCommons(
    '知识共享 署名-相同方式共享 4.0 国际 · Creative Commons Attribution-ShareAlike 4.0 International',
    'licenses/by-sa/4.0',
  ),
  'cc-by-nc-4.0': creativeCommons(
    '知识共享 署名-非商业性使用 4.0 国际 · Creative Commons Attribution-NonCommercial 4.0 International',
    'licenses/by-nc/4.0',
  ),
  'cc-by-nc-sa-4.0': creativeCommons(
    '知识共享 署名-非商业性使用-相同方式共享 4.0 国际 · Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International',
    'licenses/by-nc-sa/4.0',
  ),
  'cc-by-nd-4.0': creativeCommons(
    '知识共享 署名-禁止演绎 4.0 国际 · Creative Commons Attribution-NoDerivatives 4.0 International',
    'licenses/by-nd/4.0',
  ),
  'cc-by-nc-nd-4.0': creativeCommons(
    '知识共享 署名-非商业性使用-禁止演绎 4.0 国际 · Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International',
    'licenses/by-nc-nd/4.0',
  ),
  'cc0-1.0': creativeCommons(
    '知识共享 CC0 1.0 通用 · Creative Commons CC0 1.0 Universal',
    'publicdomain/zero/1.0',
  ),
  'group-only': '仅限集团成员单位内部使用。\nFor use by the members of the group only.\n',
};
