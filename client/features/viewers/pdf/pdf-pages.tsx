import { useEffect, useRef, useState } from 'react';
import { usePagesInSight } from './pages-in-sight.ts';
import type { OpenPdf } from './pdf-document.ts';
import { PdfPage } from './pdf-page.tsx';
import styles from './pdf-pages.module.css';
import { PdfToolbar } from './pdf-toolbar.tsx';

interface Props {
  open: OpenPdf;
  name: string;
  place: number | undefined;
  onPlace: ((page: number) => void) | undefined;
}

/** Pixels beside and between pages. */
const margin = 24;
const widest = 1100;

export function PdfPages({ open: { pdf, size }, name, place, onPlace }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [zoom, setZoom] = useState(1);
  const { near, current } = usePagesInSight(scroller, pdf.numPages);
  /** The page that both sides know of, so that neither answers its own news. */
  const agreed = useRef(1);
  const isLaidOut = room > 0;

  useEffect(() => {
    if (!scroller.current) return;
    const watch = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0));
    watch.observe(scroller.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (!isLaidOut || place === undefined || place === agreed.current) return;
    agreed.current = place;
    scrollTo(scroller.current, place);
  }, [isLaidOut, place]);

  useEffect(() => {
    if (current === 0 || current === agreed.current) return;
    agreed.current = current;
    onPlace?.(current);
  }, [current, onPlace]);

  const width = Math.round(Math.min(room - margin, widest) * zoom);
  return (
    <div className={styles.viewer}>
      <PdfToolbar
        page={current || (place ?? 1)}
        pages={pdf.numPages}
        zoom={zoom}
        onPage={(page) => scrollTo(scroller.current, page)}
        onZoom={setZoom}
        onFullscreen={() => void scroller.current?.parentElement?.requestFullscreen()}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="document" aria-label={name}>
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
            />
          ))}
      </div>
    </div>
  );
}

function scrollTo(scroller: HTMLElement | null, page: number): void {
  const target = scroller?.querySelector<HTMLElement>(`[data-page="${page}"]`);
  if (scroller && target) scroller.scrollTop = target.offsetTop - margin / 2;
}
