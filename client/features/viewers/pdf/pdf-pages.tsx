import { Drawer, type InputRef } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import type { ViewerProps } from '../viewer-props.ts';
import { FindBar } from './find-bar.tsx';
import { useFinding } from './finding.ts';
import { usePagesInSight } from './pages-in-sight.ts';
import type { OpenPdf } from './pdf-document.ts';
import { PdfPage } from './pdf-page.tsx';
import styles from './pdf-pages.module.css';
import { PdfToolbar } from './pdf-toolbar.tsx';
import { SideStrip } from './side-strip.tsx';

interface Props {
  open: OpenPdf;
  name: string;
  place: number | undefined;
  /** Words to mark. */
  find: readonly string[] | undefined;
  onPlace: ViewerProps['onPlace'];
}

/** Pixels beside and between pages. */
const margin = 24;
const widest = 1100;
/** Below this the strip beside the pages lies over them. */
const narrow = 640;
const none: readonly string[] = [];

export function PdfPages({ open, name, place, find = none, onPlace }: Props) {
  const { pdf, size } = open;
  const t = useTexts(viewerTexts);
  const viewer = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<InputRef>(null);
  const [room, setRoom] = useState({ whole: 0, pages: 0 });
  const [zoom, setZoom] = useState(1);
  const [hasSide, setHasSide] = useState(false);
  const [isFinding, setIsFinding] = useState(find.length > 0);
  const { near, current } = usePagesInSight(scroller, pdf.numPages);
  const page = current || (place ?? 1);
  const [finding, change] = useFinding(pdf, find, place ?? 1);
  /** The page that both sides know of, so that neither answers its own news. */
  const agreed = useRef(1);
  /** The last hit that was brought into sight. */
  const brought = useRef(0);
  /** How far down the page that is read the sight begins, as a share of its height. */
  const depth = useRef(0);
  /** The same of pages that were left by a link, for the way back. */
  const left = useRef(new Map<number, number>());
  const isLaidOut = room.pages > 0;
  const isNarrow = room.whole < narrow;

  useEffect(() => {
    const watch = new ResizeObserver(() =>
      setRoom({ whole: viewer.current?.clientWidth ?? 0, pages: scroller.current?.clientWidth ?? 0 }),
    );
    for (const { current: element } of [viewer, scroller]) if (element) watch.observe(element);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const asked = place ?? 1;
    if (!isLaidOut || asked === agreed.current) return;
    agreed.current = asked;
    scrollTo(scroller.current, asked, left.current.get(asked));
  }, [isLaidOut, place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another page is news
  useEffect(() => {
    if (current === 0 || current === agreed.current) return;
    agreed.current = current;
    onPlace?.(current);
  }, [current]);

  const shown = finding?.shown;
  useEffect(() => {
    if (!isLaidOut || !shown || shown.turn === brought.current) return;
    const target = pageIn(scroller.current, shown.page);
    if (!target?.querySelector('[data-shown]')) scrollTo(scroller.current, shown.page);
  }, [isLaidOut, shown]);

  const bring = useCallback((box: Element, turn: number) => {
    if (!scroller.current || turn === brought.current) return;
    brought.current = turn;
    const [inner, outer] = [box.getBoundingClientRect(), scroller.current.getBoundingClientRect()];
    scroller.current.scrollBy(
      Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right),
      inner.top - outer.top - outer.height / 3,
    );
  }, []);

  const words = finding?.words;
  const sought = useMemo(() => words && { words, onShow: bring }, [words, bring]);
  const soughtHere = useMemo(
    () => sought && shown && { ...sought, index: shown.index, turn: shown.turn },
    [sought, shown],
  );

  /** At once and not with the next frame: what is typed right after belongs into the field. */
  function openFind() {
    flushSync(() => setIsFinding(true));
    field.current?.focus({ cursor: 'all' });
  }

  function closeFind() {
    setIsFinding(false);
    change({ type: 'close' });
    scroller.current?.focus();
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'f') return;
    event.preventDefault();
    openFind();
  }

  function onFind(text: string) {
    if (text.trim() === '') return change({ type: 'close' });
    const isSame = text === words?.join(' ');
    change({ type: 'begin', words: isSame && words ? words : [text], from: page, reach: 'searching' });
  }

  const go = useCallback(
    (to: number) => {
      scrollTo(scroller.current, to);
      if (isNarrow) setHasSide(false);
    },
    [isNarrow],
  );

  const now = useRef({ page, onPlace });
  useEffect(() => {
    now.current = { page, onPlace };
  });
  // The same for as long as it can be: a thousand pages hold it.
  const follow = useCallback(
    (to: number) => {
      left.current.set(now.current.page, depth.current);
      agreed.current = to;
      now.current.onPlace?.(to, true);
      go(to);
    },
    [go],
  );

  const side = <SideStrip open={open} page={page} onPage={go} />;
  const width = Math.round(Math.min(room.pages - margin, widest) * zoom);
  // Pages that become wider or narrower move away under the reader: back to where they were reading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another width moves them
  useLayoutEffect(() => {
    const target = pageIn(scroller.current, current);
    if (scroller.current && target)
      scroller.current.scrollTop = target.offsetTop + depth.current * target.offsetHeight;
  }, [width]);

  function onScroll() {
    const target = pageIn(scroller.current, current);
    if (scroller.current && target)
      depth.current = (scroller.current.scrollTop - target.offsetTop) / target.offsetHeight;
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what has a button, too
    <div ref={viewer} className={styles.viewer} onKeyDown={onKeyDown}>
      <PdfToolbar
        page={page}
        pages={pdf.numPages}
        zoom={zoom}
        hasSide={hasSide}
        onPage={go}
        onZoom={setZoom}
        onFullscreen={() => void viewer.current?.requestFullscreen()}
        onSide={() => setHasSide(!hasSide)}
        onFind={openFind}
      />
      {isFinding && (
        <FindBar
          field={field}
          finding={finding}
          pages={pdf.numPages}
          onFind={onFind}
          onStep={(direction) => change({ type: 'step', direction })}
          onStop={() => change({ type: 'stop' })}
          onClose={closeFind}
        />
      )}
      <div className={styles.columns}>
        {hasSide && !isNarrow && (
          <aside className={styles.side} aria-label={t('side')}>
            {side}
          </aside>
        )}
        {isNarrow && (
          <Drawer
            open={hasSide}
            placement="left"
            size={200}
            getContainer={false}
            rootStyle={{ position: 'absolute' }}
            styles={{ body: { padding: 0 } }}
            title={t('side')}
            destroyOnHidden
            onClose={() => setHasSide(false)}
          >
            {side}
          </Drawer>
        )}
        <div
          ref={scroller}
          className={styles.scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          role="document"
          aria-label={name}
          onScroll={onScroll}
        >
          {isLaidOut &&
            Array.from({ length: pdf.numPages }, (_, index) => (
              <PdfPage
                // biome-ignore lint/suspicious/noArrayIndexKey: pages are told apart by their number
                key={index}
                pdf={pdf}
                number={index + 1}
                width={width}
                ratio={size.height / size.width}
                near={near.has(index + 1)}
                sought={shown?.page === index + 1 ? soughtHere : sought}
                onPage={follow}
              />
            ))}
        </div>
      </div>
    </div>
  );
}

const pageIn = (scroller: HTMLElement | null, page: number) =>
  scroller?.querySelector<HTMLElement>(`[data-page="${page}"]`);

/** @param depth how far down the page, as a share of its height; its very top when missing */
function scrollTo(scroller: HTMLElement | null, page: number, depth?: number): void {
  const target = pageIn(scroller, page);
  if (!scroller || !target) return;
  const below = depth === undefined ? -margin / 2 : depth * target.offsetHeight;
  scroller.scrollTop = target.offsetTop + below;
}
