import { useQuery } from '@tanstack/react-query';
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { useMemo } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { Opening } from './opening.tsx';
import { type Beginning, beginningOf } from './text-beginning.ts';
import styles from './text-viewer.module.css';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Text as it stands. */
export function TextViewer({ file }: ViewerProps) {
  return <WithText file={file}>{({ text }) => <pre className={styles.plain}>{text}</pre>}</WithText>;
}

/** Markdown as it reads. What it would fetch or run is taken out: it may come from anybody. */
export function MarkdownViewer({ file }: ViewerProps) {
  return <WithText file={file}>{({ text }) => <Markdown text={text} />}</WithText>;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** HTML inside of Markdown is shown as it was written, but for line breaks; a picture is its description. */
const markdown = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => (/^<br\s*\/?>$/.test(text) ? '<br>' : escaped(text)),
    image: ({ text }) => escaped(text),
  },
});

function Markdown({ text }: { text: string }) {
  const html = useMemo(
    () =>
      DOMPurify.sanitize(markdown.parse(text, { async: false }), {
        FORBID_TAGS: ['style', 'form', 'input', 'button', 'img', 'video', 'audio', 'iframe', 'svg', 'math'],
        FORBID_ATTR: ['style', 'class', 'id', 'name'],
      }),
    [text],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised in the line above
  return <div className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />;
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
