import type { Passage } from './conversion.ts';
import { nameOf } from './html.ts';
import { walkXml } from './markup.ts';

/** Text of OpenDocument files (ODF 1.3, part 3), out of their `content.xml`. */

/** What a paragraph is made of; text elsewhere is formatting between elements. */
const inline = new Set(['text:p', 'text:h', 'text:span', 'text:a', 'text:ruby-base', 'text:title']);
/** What stands in a paragraph and is not read with it: remarks of reviewers, what was deleted. */
const unread = new Set(['office:annotation', 'text:tracked-changes', 'text:note-citation']);

interface Handler {
  open?: (tag: string, attributes: Record<string, string>) => void;
  /** The text of a paragraph or heading. */
  paragraph: (text: string, isHeading: boolean) => void;
  close?: (tag: string) => void;
}

function walk(xml: Buffer, { open, paragraph, close }: Handler): void {
  const path: string[] = [];
  /** Paragraphs lie in each other: a table or a note in the midst of one. */
  const texts: string[] = [];
  let hidden = 0;
  const add = (text: string) => {
    if (texts.length > 0) texts[texts.length - 1] += text;
  };
  walkXml(xml, {
    open: (tag, attributes) => {
      path.push(tag);
      if (unread.has(tag)) hidden++;
      if (hidden > 0) return;
      if (tag === 'text:p' || tag === 'text:h') texts.push('');
      if (tag === 'text:tab' || tag === 'text:s') add(' ');
      if (tag === 'text:line-break') add('\n');
      open?.(tag, attributes);
    },
    text: (text) => {
      if (hidden === 0 && inline.has(path.at(-1) ?? '')) add(text);
    },
    close: (tag) => {
      path.pop();
      if (unread.has(tag)) hidden--;
      else if (hidden === 0) {
        if (tag === 'text:p' || tag === 'text:h') paragraph(texts.pop() ?? '', tag === 'text:h');
        close?.(tag);
      }
    },
  });
}

/** A text document, cut at its headings. */
export function documentSections(xml: Buffer): Passage[] {
  const found: Passage[] = [];
  let section = { at: '', text: '' };
  walk(xml, {
    paragraph: (text, isHeading) => {
      if (isHeading && text.trim() !== '') {
        found.push({ unit: 'section', ...section });
        section = { at: nameOf(text), text: '' };
      }
      section.text += `${text}\n`;
    },
  });
  found.push({ unit: 'section', ...section });
  return found;
}

/** A presentation, slide by slide, with the notes of each. */
export function presentationSlides(xml: Buffer): Passage[] {
  const found: { unit: 'slide'; at: number; text: string }[] = [];
  walk(xml, {
    open: (tag) => {
      if (tag === 'draw:page') found.push({ unit: 'slide', at: found.length + 1, text: '' });
    },
    paragraph: (text) => {
      const slide = found.at(-1);
      if (slide) slide.text += `${text}\n`;
    },
  });
  return found;
}

/** A spreadsheet, sheet by sheet, a row a line. Rows and cells that stand for many are read once. */
export function spreadsheetSheets(xml: Buffer): Passage[] {
  const found: { unit: 'sheet'; at: string; text: string }[] = [];
  walk(xml, {
    open: (tag, attributes) => {
      if (tag !== 'table:table') return;
      found.push({ unit: 'sheet', at: attributes['table:name'] || `${found.length + 1}`, text: '' });
    },
    paragraph: (text) => {
      const sheet = found.at(-1);
      if (sheet) sheet.text += `${text} `;
    },
    close: (tag) => {
      const sheet = found.at(-1);
      if (sheet && tag === 'table:table-row') sheet.text += '\n';
    },
  });
  return found;
}
