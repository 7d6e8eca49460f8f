import { type PDFDocumentProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import styles from './pdf-page.module.css';

interface Props {
  pdf: PDFDocumentProxy;
  number: number;
  /** Pixels. */
  width: number;
  /** Height divided by width, until the page itself is known. */
  ratio: number;
  /** Whether it is in sight or close to it. */
  near: boolean;
}

/** A page: its place at once; picture and text, which can be selected, while it is near. */
export function PdfPage({ pdf, number, width, ratio, near }: Props) {
  const t = useTexts(viewerTexts);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [known, setKnown] = useState<number>();

  useEffect(() => {
    if (!near || width === 0) return;
    let over = false;
    let stop = () => {};
    const draw = async () => {
      const page = await pdf.getPage(number);
      const { width: points, height } = page.getViewport({ scale: 1 });
      if (over || !canvas.current || !text.current) return;
      setKnown(height / points);
      const viewport = page.getViewport({ scale: width / points });
      const density = Math.min(window.devicePixelRatio, 2);
      canvas.current.width = Math.floor(viewport.width * density);
      canvas.current.height = Math.floor(viewport.height * density);
      const drawing = page.render({
        canvas: canvas.current,
        viewport,
        ...(density !== 1 && { transform: [density, 0, 0, density, 0, 0] }),
      });
      text.current.replaceChildren();
      text.current.style.setProperty('--total-scale-factor', String(viewport.scale));
      const layer = new TextLayer({
        textContentSource: page.streamTextContent(),
        container: text.current,
        viewport,
      });
      stop = () => {
        drawing.cancel();
        layer.cancel();
      };
      await Promise.all([drawing.promise, layer.render()]);
    };
    draw().catch((error: unknown) => {
      // A page that went out of sight while it was drawn is no failure; one that cannot be drawn stays white.
      if (!over && error instanceof Error) console.warn(`Page ${number}: ${error.message}`);
    });
    return () => {
      over = true;
      stop();
    };
  }, [pdf, number, width, near]);

  return (
    <section
      className={styles.page}
      data-page={number}
      aria-label={t('pdf.page-n', { page: number })}
      style={{ width, height: Math.round(width * (known ?? ratio)) }}
    >
      {near && (
        <>
          <canvas ref={canvas} className={styles.canvas} />
          <div ref={text} className={styles.text} />
        </>
      )}
    </section>
  );
}
