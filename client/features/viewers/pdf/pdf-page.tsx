import { type PDFDocumentProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { memo, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import { HitBoxes, type PageLayer, type Sought } from './hit-boxes.tsx';
import { PageLinks } from './page-links.tsx';
import { piecesOf } from './page-text.ts';
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
  /** What is looked for in the document. */
  sought?: Sought | undefined;
  /** Asked for another page by a link on this one. */
  onPage: (page: number) => void;
}

/** A page: its place at once; picture and text, which can be selected, while it is near. */
export const PdfPage = memo(function PdfPage({ pdf, number, width, ratio, near, sought, onPage }: Props) {
  const t = useTexts(viewerTexts);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [known, setKnown] = useState<number>();
  const [failed, setFailed] = useState(false);
  const [textLayer, setTextLayer] = useState<PageLayer>();

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
      stop = () => drawing.cancel();
      const write = async () => {
        const content = await page.getTextContent();
        if (over || !text.current) return;
        text.current.replaceChildren();
        text.current.style.setProperty('--total-scale-factor', String(viewport.scale));
        const layer = new TextLayer({ textContentSource: content, container: text.current, viewport });
        stop = () => {
          drawing.cancel();
          layer.cancel();
        };
        await layer.render();
        if (!over) setTextLayer({ pieces: piecesOf(content), elements: layer.textDivs });
      };
      await Promise.all([drawing.promise, write()]);
    };
    draw().catch((error: unknown) => {
      if (over) return; // a page that went out of sight while it was drawn is no failure
      setFailed(true);
      console.warn(`Page ${number}:`, error);
    });
    return () => {
      over = true;
      stop();
      setTextLayer(undefined);
      setFailed(false);
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
          {sought && textLayer && <HitBoxes layer={textLayer} {...sought} />}
          <div ref={text} className={styles.text} />
          <PageLinks pdf={pdf} number={number} onPage={onPage} />
          {failed && (
            <p role="alert" className={styles.failed}>
              {t('pdf.page-failed')}
            </p>
          )}
        </>
      )}
    </section>
  );
});
