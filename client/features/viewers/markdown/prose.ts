import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { escaped, unescaped } from '../../../components/escaped.ts';
import { footnotes } from './footnotes.ts';

/** DOMPurify puts this before every id, so that none takes the place of something that the page's scripts look for. */
const prefix = 'user-content-';

/** Where a link of a text leads to, beside itself: a file, and the heading in it as the link names it. */
export interface Target {
  readonly path: string;
  readonly part: string | undefined;
}

/** What a text is made into HTML for. */
interface Standing {
  /** Of the file that it stands in. */
  path: string;
  /** The address at which another file of the same resource is shown, if there is that file. */
  addressOf: (target: Target) => string | undefined;
  /** What the way from a footnote to the text is called. */
  back: string;
}

/**
 * The id of the first heading of this name, as GitHub makes it, which authors of links go by.
 * @param name the words of a heading, or what a link calls it
 */
export const idOfHeading = (name: string): string => `${prefix}${slugOf(name)}`;

const slugOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/g, '-');

/**
 * A Markdown text as HTML. What it would fetch or run is taken out: it may come from anybody. HTML inside of it is shown
 * as it was written, but for line breaks; a picture is its description, a box of a task a character. Links to other
 * sites open beside the page; those that lead to nowhere are their words.
 */
export function proseOf(text: string, { path, addressOf, back }: Standing): string {
  const seen = new Map<string, number>();
  const idOf = (words: string) => {
    const slug = slugOf(words);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  };
  const markdown = new Marked(
    {
      gfm: true,
      renderer: {
        html: ({ text }) => (/^<br\s*\/?>$/.test(text) ? '<br>' : escaped(text)),
        image: ({ text }) => escaped(text),
        heading({ depth, tokens }) {
          const id = idOf(unescaped(this.parser.parseInline(tokens, this.parser.textRenderer)));
          return `<h${depth} id="${quoted(id)}">${this.parser.parseInline(tokens)}</h${depth}>`;
        },
        link({ href, tokens }) {
          const words = this.parser.parseInline(tokens);
          if (/^(https?|mailto):/i.test(href))
            return `<a href="${quoted(href)}" target="_blank" rel="noreferrer">${words}</a>`;
          const target = targetOf(href, path);
          const to = target?.path === path ? fragmentOf(target) : target && addressOf(target);
          return to === undefined ? words : `<a href="${quoted(to)}">${words}</a>`;
        },
        checkbox: ({ checked }) => `<span>${checked ? '☑' : '☐'}</span> `,
      },
    },
    footnotes((name) => `${prefix}${name}`, back),
  );
  return DOMPurify.sanitize(markdown.parse(text, { async: false }), {
    ADD_ATTR: ['target'],
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'img', 'video', 'audio', 'iframe', 'svg', 'math'],
    FORBID_ATTR: ['style', 'class', 'name'],
    SANITIZE_NAMED_PROPS: true,
  });
}

const quoted = (value: string): string => escaped(value).replaceAll('"', '%22');

const fragmentOf = ({ part }: Target) =>
  `#${part === undefined ? '' : encodeURIComponent(idOfHeading(part))}`;

/** What a link names that stands in a file of this path; undefined when that is not in the same resource. */
function targetOf(href: string, path: string): Target | undefined {
  const root = 'resource://files/';
  const base = `${root}${path.split('/').map(encodeURIComponent).join('/')}`;
  try {
    const { href: whole, pathname, hash } = new URL(href.replaceAll('\\', '/'), base);
    if (!whole.startsWith(root)) return undefined;
    return {
      path: decodeURIComponent(pathname.slice(1)),
      part: decodeURIComponent(hash.slice(1)) || undefined,
    };
  } catch {
    return undefined; // it is written as no address is
  }
}
