import { useQuery } from '@tanstack/react-query';
import { renderAsync } from 'docx-preview';
import DOMPurify from 'dompurify';
import { useEffect, useRef } from 'react';
import styles from './document-viewer.module.css';
import { headingIn } from './heading-in.ts';
import { nameOf } from './kinds.ts';
import { Opening } from './opening.tsx';
import { PassagesViewer } from './passages-viewer.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Larger documents make a page slow. */
const most = 30 * 1024 * 1024;

/** A DOCX laid out by the browser, until there is a PDF of it or where nothing makes one. */
export function DocumentViewer(props: ViewerProps) {
  const { file, part } = props;
  const { data, error } = useQuery({
    queryKey: ['docx', file.url],
    queryFn: ({ signal }) => pagesOf(file.url, signal),
    enabled: file.size <= most,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current || data === undefined) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    root.innerHTML = data;
    headingIn(root, part)?.scrollIntoView();
  }, [data, part]);
  if (error || file.size > most) return <PassagesViewer {...props} />;
  if (data === undefined) return <Opening path={file.path} poster={file.poster} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className={styles.page} tabIndex={0} role="document" aria-label={nameOf(file.path)}>
      <div ref={host} />
    </div>
  );
}

/** The document as HTML with its styles, which stay inside of a shadow root. What it would run or send is taken out. */
async function pagesOf(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The file answers ${response.status}`);
  const made = document.createElement('div');
  await renderAsync(await response.arrayBuffer(), made, undefined, {
    useBase64URL: true,
    renderAltChunks: false,
    ignoreLastRenderedPageBreak: true,
  });
  return DOMPurify.sanitize(made.innerHTML, {
    ADD_TAGS: ['style'],
    FORCE_BODY: true,
    FORBID_TAGS: ['form', 'input', 'button', 'iframe', 'video', 'audio'],
  });
}
