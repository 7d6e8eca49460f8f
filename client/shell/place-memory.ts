import { type RefObject, useEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** Where a page was left: how far down, and by which link. */
interface Place {
  top: number;
  link?: string;
}

const places = new Map<string, Place>();
const patience = 1500;

/**
 * A new page begins at its top. One that is gone back to goes on where it was left, once it is long enough again, and
 * with the focus on the link that led away, once that is there again.
 */
export function usePlaceMemory(main: RefObject<HTMLElement | null>): void {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const seen = useRef(pathname);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path alone is another page
  useEffect(() => {
    if (seen.current !== pathname) {
      seen.current = pathname;
      main.current?.focus({ preventScroll: true });
    }
    if (type !== NavigationType.Pop) {
      window.scrollTo(0, 0);
      return;
    }
    const { top, link } = places.get(key) ?? { top: 0 };
    const stops = [untilDone(() => scrollDownTo(top))];
    if (link) stops.push(untilDone(() => focusLink(main.current, link)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [pathname]);

  useEffect(() => {
    const page = main.current;
    const note = (seen: Partial<Place>) => places.set(key, { top: 0, ...places.get(key), ...seen });
    const noteTop = () => note({ top: window.scrollY });
    const noteLink = ({ target }: MouseEvent) => {
      const link = target instanceof Element && target.closest('a')?.getAttribute('href');
      if (link) note({ link });
    };
    window.addEventListener('scroll', noteTop, { passive: true });
    page?.addEventListener('click', noteLink);
    return () => {
      window.removeEventListener('scroll', noteTop);
      page?.removeEventListener('click', noteLink);
    };
  }, [key, main]);
}

/** Whether the page was long enough to be shown from there. */
function scrollDownTo(top: number): boolean {
  const isLongEnough = document.documentElement.scrollHeight - window.innerHeight >= top;
  if (isLongEnough) window.scrollTo(0, top);
  return isLongEnough;
}

/** Whether the link was there, or the reader has gone to something else meanwhile. */
function focusLink(page: HTMLElement | null, address: string): boolean {
  if (document.activeElement !== page) return true;
  const link = page?.querySelector<HTMLElement>(`a[href="${CSS.escape(address)}"]`);
  link?.focus({ preventScroll: true });
  return link !== null;
}

/** Tries with every frame until it is done, or patience is at its end. @returns what stops it before */
function untilDone(attempt: () => boolean): () => void {
  const until = performance.now() + patience;
  let frame = requestAnimationFrame(function again() {
    if (!attempt() && performance.now() < until) frame = requestAnimationFrame(again);
  });
  return () => cancelAnimationFrame(frame);
}
