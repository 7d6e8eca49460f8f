import './language.ts';
import { en } from './en.ts';
import { defineTexts, textOf } from './texts.ts';
import { zhCN } from './zh-CN.ts';

export { currentLanguage, type Language, setLanguage, useLanguage } from './language.ts';
export { defineTexts, type PlainKey, textOf, useTexts } from './texts.ts';

/** Words of the shell and of the components; every feature brings its own. */
export const shell = defineTexts('shell', zhCN, en);

export const shellText: ReturnType<typeof textOf<typeof zhCN>> = (key, ...values) =>
  textOf(shell)(key, ...values);
