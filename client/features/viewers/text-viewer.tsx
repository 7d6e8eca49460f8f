import { useQuery } from '@tanstack/react-query';
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { useEffect, useMemo, useRef } from 'react';
import { escaped } from '../../components/escaped.ts';
import { useTexts } from '../../i18n/index.ts';
import { frontMatterIn } from './front-matter.ts';
import { headingIn } from './heading-in.ts';
import { viewerTexts } from './i18n.ts';
import { Opening } from './opening.tsx';
import { type Beginning, beginningOf } from './text-beginning.ts';
import { startOf } from './text-start.ts';
import styles from './text-viewer.module.css';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Text as it stands; captions at their second, other text at its piece. */
export function TextViewer({ file, place, part }: ViewerProps) {
  return (
    <WithText file={file}>{({ text }) => <Plain text={text} start={startOf(text, place, part)} />}</WithText>
  );
}

/** Markdown as it reads. What it would fetch or run is taken out: it may come from anybody. */
export function MarkdownViewer({ file, part }: ViewerProps) {
  return <WithText file={file}>{({ text }) => <Markdown text={text} part={part} />}</WithText>;
}

/** @param start where it is opened, counted in characters */
function Plain({ text, start }: { text: string; start: number }) {
  const mark = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with where it starts
  useEffect(() => mark.current?.scrollIntoView(), [start]);
  return (
    <pre className={styles.plain}>
      {text.slice(0, start)}
      {start > 0 && <span ref={mark} />}
      {text.slice(start)}
    </pre>
  );
}

/**
 * HTML inside of Markdown is shown as it was written, but for line breaks; a picture is its description, a box of a task
 * a character. Links to other sites open beside the page; those that would lead to somewhere beside the text itself are
 * their words, as this page stands elsewhere than it.
 */
const markdown = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => (/^<br\s*\/?>$/.test(text) ? '<br>' : escaped(text)),
    image: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (!/^(https?|mailto):/i.test(href)) return words;
      return `<a href="${escaped(href.replaceAll('"', '%22'))}" target="_blank" rel="noreferrer">${words}</a>`;
    },
    checkbox: ({ checked }) => `<span>${checked ? '☑' : '☐'}</span> `,
  },
});

function Markdown({ text, part }: { text: string; part: string | undefined }) {
  const prose = useRef<HTMLDivElement>(null);
  const { facts, rest } = useMemo(() => frontMatterIn(text), [text]);
  const html = useMemo(
    () =>
      DOMPurify.sanitize(markdown.parse(rest, { async: false }), {
        ADD_ATTR: ['target'],
        FORBID_TAGS: ['style', 'form', 'input', 'button', 'img', 'video', 'audio', 'iframe', 'svg', 'math'],
        FORBID_ATTR: ['style', 'class', 'id', 'name'],
      }),
    [rest],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading stands in what was made of the text
  useEffect(() => {
    if (prose.current) headingIn(prose.current, part)?.scrollIntoView();
  }, [html, part]);
  return (
    <>
      {facts.size > 0 && (
        <table className={styles.facts}>
          <tbody>
            {[...facts].map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised in the lines above */}
      <div ref={prose} className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />
    </>
  );
}

export function WithText({
  file,
  children,
}: ViewerProps & { children: (beginning: Beginning) => React.ReactNode }) {
  const t = useTexts(viewerTexts);
  const { data, error } = useQuery({
    queryKey: ['text', file.url],
    queryFn: ({ signal }) => beginningOf(file.url, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <NotOpened because={file.failure} />;
  if (!data) return <Opening path={file.path} poster={file.poster} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className={styles.page} tabIndex={0} role="document">
      {data.isCut && <p className={styles.note}>{t('too-large')}</p>}
      {children(data)}
    </div>
  );
}
