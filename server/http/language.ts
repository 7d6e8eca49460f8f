import type { Request } from 'express';
import { type Language, languages } from './contract.ts';

/** The language of an answer: the `language` cookie that the page sets, then Accept-Language, then Chinese. */
export function preferredLanguage(req: Request): Language {
  const chosen = /(?:^|;\s*)language=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1];
  const known = languages.find((language) => language === chosen);
  if (known) return known;
  const accepted = req.acceptsLanguages('zh-CN', 'zh', 'en');
  return accepted === 'en' ? 'en' : 'zh-CN';
}
