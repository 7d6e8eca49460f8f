import type { Passage } from './conversion.ts';
import { walkHtml } from './markup.ts';

const unread = /^(script|style|template|noscript|svg|math)$/;
const heading = /^h[1-6]$/;
const block = /^(p|div|li|tr|br|h[1-6]|td|th|dt|dd|section|article|blockquote|figcaption|caption|option)$/;

/** A page of HTML or XHTML, cut at its headings; what stands before the first goes by the title of the page. */
export function htmlSections(html: string): Passage[] {
  const found: Passage[] = [];
  let section = { at: '', text: '' };
  let title = '';
  let isTitle = false;
  let headline: string | undefined;
  let hidden = 0;
  walkHtml(html, {
    open: (tag, { alt }) => {
      if (unread.test(tag)) hidden++;
      if (tag === 'title' && hidden === 0) isTitle = true;
      if (heading.test(tag)) {
        found.push({ unit: 'section', ...section });
        section = { at: '', text: '' };
        headline = '';
      }
      if (block.test(tag)) section.text += '\n';
      if (tag === 'img' && alt && hidden === 0) section.text += `${alt} `;
    },
    text: (text) => {
      if (hidden > 0) return;
      if (isTitle) title += text;
      else section.text += text;
      if (headline !== undefined) headline += text;
    },
    close: (tag) => {
      if (unread.test(tag)) hidden--;
      if (tag === 'title') isTitle = false;
      if (!heading.test(tag)) return;
      section.at = nameOf(headline ?? '');
      headline = undefined;
    },
  });
  found.push({ unit: 'section', ...section });
  return found.map((one) => (one.at === '' ? { ...one, at: nameOf(title) } : one));
}

/** A heading as the name of its section: in one line, no longer than anybody reads. */
export const nameOf = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, 200);
