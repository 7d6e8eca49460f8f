import { Parser, type ParserOptions } from 'htmlparser2';

interface Handler {
  /** Names as they stand there, with their prefix. */
  open?: (tag: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (tag: string) => void;
}

/** Elements that lie deeper were made to exhaust the reader: nothing behind them is read. */
const deepest = 5_000;

/** Goes through XML from its beginning to its end, however well-formed it is; entities of its own are not expanded. */
export const walkXml = (xml: string | Buffer, handler: Handler): void =>
  walk(xml.toString(), handler, { xmlMode: true });

/** Goes through HTML as browsers read it; empty elements of XHTML end where they say. */
export const walkHtml = (html: string, handler: Handler): void =>
  walk(html, handler, { recognizeSelfClosing: true });

class TooDeep extends Error {}

function walk(source: string, { open, text, close }: Handler, options: ParserOptions): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        if (++depth > deepest) throw new TooDeep();
        open?.(tag, attributes);
      },
      ...(text && { ontext: text }),
      onclosetag: (tag) => {
        depth--;
        close?.(tag);
      },
    },
    { decodeEntities: true, ...options },
  );
  try {
    parser.end(source);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
}

/** The name of an element or attribute without its prefix. */
export const local = (name: string): string => name.slice(name.indexOf(':') + 1);
