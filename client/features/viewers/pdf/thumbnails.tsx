import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { memo, useEffect, useRef } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import { usePagesInSight } from './pages-in-sight.ts';
import type { OpenPdf } from './pdf-document.ts';
import styles from './thumbnails.module.css';

interface Props {
  open: OpenPdf;
  page: number;
  onPage: (page: number) => void;
}

/** Pixels. */
const width = 104;

/** Small pictures of the pages; only those in sight are drawn, and only they are fetched. */
export function Thumbnails({ open: { pdf, size }, page, onPage }: Props) {
  const t = useTexts(viewerTexts);
  const list = useRef<HTMLElement>(null);
  const { near } = usePagesInSight(list, pdf.numPages);
  const height = Math.round((width * size.height) / size.width);

  useEffect(() => {
    const button = list.current?.querySelector<HTMLElement>(`[data-page="${page}"]`);
    if (!list.current || !button) return;
    const { scrollTop, clientHeight } = list.current;
    const isInSight =
      button.offsetTop >= scrollTop && button.offsetTop + button.offsetHeight <= scrollTop + clientHeight;
    if (!isInSight) list.current.scrollTop = button.offsetTop - (clientHeight - button.offsetHeight) / 2;
  }, [page]);

  function onKeyDown(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const from = event.target instanceof HTMLElement ? Number(event.target.dataset.page) : Number.NaN;
    const to =
      step === undefined
        ? undefined
        : list.current?.querySelector<HTMLElement>(`[data-page="${from + step}"]`);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  return (
    <nav ref={list} className={styles.list} aria-label={t('side.pages')} onKeyDown={onKeyDown}>
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: pages are told apart by their number
          key={index}
          type="button"
          className={styles.page}
          data-page={index + 1}
          tabIndex={index + 1 === page ? 0 : -1}
          aria-label={t('pdf.page-n', { page: index + 1 })}
          aria-current={index + 1 === page ? 'page' : undefined}
          onClick={() => onPage(index + 1)}
        >
          <span className={styles.paper} style={{ width, height }}>
            {near.has(index + 1) && <Thumbnail pdf={pdf} number={index + 1} height={height} />}
          </span>
          <span aria-hidden="true">{index + 1}</span>
        </button>
      ))}
    </nav>
  );
}

const Thumbnail = memo(function Thumbnail({
  pdf,
  number,
  height,
}: {
  pdf: PDFDocumentProxy;
  number: number;
  height: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let over = false;
    let stop = () => {};
    const draw = async () => {
      const page = await pdf.getPage(number);
      if (over || !canvas.current) return;
      const whole = page.getViewport({ scale: 1 });
      const density = Math.min(window.devicePixelRatio, 2);
      const scale = density * Math.min(width / whole.width, height / whole.height);
      const viewport = page.getViewport({ scale });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      const drawing = page.render({ canvas: canvas.current, viewport });
      stop = () => drawing.cancel();
      await drawing.promise;
    };
    draw().catch((error: unknown) => {
      // As with the page itself: what went out of sight is no failure, what cannot be drawn stays white.
      if (!over) console.warn(`Picture of page ${number}`, error);
    });
    return () => {
      over = true;
      stop();
    };
  }, [pdf, number, height]);
  return <canvas ref={canvas} className={styles.picture} />;
});
