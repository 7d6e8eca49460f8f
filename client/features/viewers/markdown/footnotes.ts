import type { MarkedExtension, Token, Tokens } from 'marked';

interface Note extends Tokens.Generic {
  readonly name: string;
  /** In the order in which the text refers to them, from 1; none for those that it does not refer to. */
  number?: number;
}

/** `[^name]: words`, with the lines that go on with them and, further in, paragraphs of the same note. */
const definition =
  /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*([^\n]*(?:\n(?! {0,3}\[\^)[^\n]*\S[^\n]*|\n+(?: {2,}|\t)[^\n]+)*)(?:\n+|$)/;
const reference = /^\[\^([^\]\s]+)\]/;

/**
 * Footnotes, which CommonMark does not know, as most programs write them: a number that leads to the note below the
 * text, and back. For one text; a name that no note has stays as it was written.
 * @param idOf the id by which links find an element
 * @param back what the way from a note to the text is called
 */
export function footnotes(idOf: (name: string) => string, back: string): MarkedExtension {
  const notes = new Map<string, Note>();
  let last = 0;
  const numbered = () =>
    [...notes.values()].filter(({ number }) => number).sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return {
    hooks: { processAllTokens: (tokens) => [...tokens, { type: 'footnotes', raw: '' }] },
    extensions: [
      {
        name: 'footnote',
        level: 'block',
        start: (text) => /^ {0,3}\[\^[^\]\s]+\]:/m.exec(text)?.index,
        tokenizer(text) {
          const [raw, name, words = ''] = definition.exec(text) ?? [];
          if (raw === undefined || name === undefined) return undefined;
          const tokens: Token[] = this.lexer.blockTokens(words.replace(/^(?: {2,}|\t)/gm, ''), []);
          const note: Note = { type: 'footnote', raw, name, tokens };
          if (!notes.has(name)) notes.set(name, note);
          return note;
        },
        renderer: () => '',
      },
      {
        name: 'reference',
        level: 'inline',
        start: (text) => text.indexOf('[^'),
        tokenizer(text) {
          const [raw, name = ''] = reference.exec(text) ?? [];
          const note = notes.get(name);
          if (raw === undefined || !note) return undefined;
          const isFirst = note.number === undefined;
          note.number ??= ++last;
          return { type: 'reference', raw, number: note.number, isFirst };
        },
        renderer: ({ number, isFirst }) => {
          const id = isFirst ? ` id="${idOf(`to-note-${number}`)}"` : '';
          return `<sup><a${id} href="#${idOf(`note-${number}`)}">[${number}]</a></sup>`;
        },
      },
      {
        name: 'footnotes',
        level: 'block',
        tokenizer: () => undefined,
        renderer() {
          const items = numbered().map(({ number, tokens = [] }) => {
            const way = `<a href="#${idOf(`to-note-${number}`)}" aria-label="${back}">↩</a>`;
            return `<li id="${idOf(`note-${number}`)}">${this.parser.parse(tokens)}${way}</li>`;
          });
          return items.length > 0 ? `<hr><ol>${items.join('')}</ol>` : '';
        },
      },
    ],
  };
}
