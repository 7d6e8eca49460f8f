import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './hit-boxes.module.css';
import { hitsIn, type Span, type TextPiece } from './page-text.ts';

/** The text layer of a page, once it is there. */
export interface PageLayer {
  readonly pieces: readonly TextPiece[];
  /** The element of each piece. */
  readonly elements: readonly HTMLElement[];
}

/** What is looked for on a page. */
export interface Sought {
  readonly words: readonly string[];
  /** Which of the hits on this page is shown. */
  readonly index?: number | undefined;
  /** Grows each time another hit is shown. */
  readonly turn?: number | undefined;
  /** Brings the hit that is shown into sight. */
  readonly onShow: (box: Element, turn: number) => void;
}

interface Box {
  readonly hit: number;
  /** Shares of the page, in percent. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Marks over the picture of a page where the words stand. The text itself stays as it is, for selecting and reading out. */
export function HitBoxes({ layer, words, index, turn, onShow }: Sought & { layer: PageLayer }) {
  const host = useRef<HTMLDivElement>(null);
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  useLayoutEffect(() => setBoxes(boxesOf(host, layer, words)), [layer, words]);
  useEffect(() => {
    const box = boxes.length > 0 && host.current?.querySelector('[data-shown]');
    if (box && turn !== undefined) onShow(box, turn);
  }, [boxes, turn, onShow]);
  return (
    <div ref={host} className={styles.layer} aria-hidden="true">
      {boxes.map(({ hit, left, top, width, height }) => (
        <span
          key={`${hit} ${left} ${top}`}
          className={hit === index ? styles.shown : styles.box}
          data-shown={hit === index ? '' : undefined}
          style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
        />
      ))}
    </div>
  );
}

function boxesOf(host: RefObject<HTMLElement | null>, layer: PageLayer, words: readonly string[]): Box[] {
  const page = host.current?.getBoundingClientRect();
  if (!page) return [];
  return hitsIn(layer.pieces, words).flatMap((spans, hit) =>
    spans.flatMap((span) =>
      rectanglesOf(layer, span).map(({ left, top, width, height }) => ({
        hit,
        left: (100 * (left - page.left)) / page.width,
        top: (100 * (top - page.top)) / page.height,
        width: (100 * width) / page.width,
        height: (100 * height) / page.height,
      })),
    ),
  );
}

function rectanglesOf({ elements }: PageLayer, { piece, from, to }: Span): DOMRect[] {
  const text = elements[piece]?.firstChild;
  if (!text?.isConnected || to <= from) return [];
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, Math.min(to, text.textContent?.length ?? 0));
  return [...range.getClientRects()].filter(({ width }) => width > 0);
}
