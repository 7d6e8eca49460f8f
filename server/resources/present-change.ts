import { isSystem } from '../access/index.ts';
import type { Said } from '../http/contract.ts';
import type { Language } from '../http/index.ts';
import type { StoredChange } from './stored.ts';

const system: Said = { 'zh-CN': '系统', en: 'The system' };

/** An entry of the history; what the product did itself, after a merge of terms, is told as done by the system. */
export function presentChange(change: StoredChange, language: Language) {
  const { by } = change;
  return isSystem(by) ? { ...change, by: { ...by, name: system[language] } } : change;
}
