import { useQuery } from '@tanstack/react-query';
import { renderAsync } from 'docx-preview';
import DOMPurify from 'dompurify';
import { type RefObject, useEffect, useRef } from 'react';
import styles from './document-viewer.module.css';
import { headingIn } from './heading-in.ts';
import { nameOf } from './kinds.ts';
import { Opening } from './opening.tsx';
import { PassagesViewer } from './passages-viewer.tsx';
import { unpackedSizeOf } from './unpacked-size.ts';
import type { ViewerProps } from './viewer-props.ts';

/** Larger documents make a page slow, packed or unpacked. */
const most = 30 * 1024 * 1024;
const mostUnpacked = 150 * 1024 * 1024;

/**
 * A DOCX laid out by the browser, until there is a PDF of it or where nothing makes one. One that did not pass on the
 * server, where memory and time are bounded, is not given to the browser, where they are not.
 */
export function DocumentViewer(props: ViewerProps) {
  const { file } = props;
  if (file.inspection === 'waiting') return <Opening path={file.path} poster={file.poster} />;
  if (file.inspection === 'failed' || file.size > most) return <PassagesViewer {...props} />;
  return <Pages {...props} />;
}

function Pages(props: ViewerProps) {
  const { file, part } = props;
  const { data, error } = useQuery({
    queryKey: ['docx', file.url],
    queryFn: ({ signal }) => pagesOf(file.url, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current || data === undefined) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    root.innerHTML = data + paper;
    headingIn(root, part)?.scrollIntoView();
  }, [data, part]);
  const scroller = useFit(host, data);
  if (error) return <PassagesViewer {...props} />;
  if (data === undefined) return <Opening path={file.path} poster={file.poster} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div ref={scroller} className={styles.page} tabIndex={0} role="document" aria-label={nameOf(file.path)}>
      <div ref={host} />
    </div>
  );
}

/** Sheets of paper on our stage, in place of the library's grey. */
const paper =
  '<style>.docx-wrapper{padding:16px 0 0;background:none}.docx-wrapper>section.docx{margin-bottom:16px;box-shadow:none}</style>';

/** Pixels beside the pages. */
const margin = 32;

/** Makes pages that are wider than their place as small as it is; gives what they scroll in. */
function useFit(host: RefObject<HTMLElement | null>, pages: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [place, paged] = [scroller.current, host.current];
    if (!place || !paged || pages === undefined) return;
    const fit = () => {
      paged.style.zoom = '1';
      const widths = [...(paged.shadowRoot?.querySelectorAll('section') ?? [])].map(
        (page) => page.offsetWidth,
      );
      paged.style.zoom = String(Math.min(1, place.clientWidth / (Math.max(...widths, 1) + margin)));
    };
    const watch = new ResizeObserver(fit);
    watch.observe(place);
    return () => watch.disconnect();
  }, [host, pages]);
  return scroller;
}

/** The document as HTML with its styles, which stay inside of a shadow root. What it would run or send is taken out. */
async function pagesOf(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The file answers ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (unpackedSizeOf(bytes) > mostUnpacked) throw new Error('The document is too large once it is unpacked');
  const made = document.createElement('div');
  await renderAsync(bytes, made, undefined, {
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
