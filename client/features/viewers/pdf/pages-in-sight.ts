import { type RefObject, useEffect, useState } from 'react';

/** How far beyond the edge a page begins to be drawn, so that scrolling does not meet white ones. */
const ahead = 600;

/** Which pages are in sight or close to it, and which one is being read: the first that fills the upper part. */
export function usePagesInSight(scroller: RefObject<HTMLElement | null>, pages: number) {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([1]));
  const [current, setCurrent] = useState(0);

  useEffect(() => {
    const root = scroller.current;
    if (!root || pages === 0) return;
    const numberOf = (target: Element) => Number(target.getAttribute('data-page'));
    const close = new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const now = new Set(before);
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) now.add(numberOf(target));
            else now.delete(numberOf(target));
          }
          return now;
        }),
      { root, rootMargin: `${ahead}px 0px` },
    );
    const inSight = new Set<number>();
    const reading = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(numberOf(target));
          else inSight.delete(numberOf(target));
        }
        if (inSight.size > 0) setCurrent(Math.min(...inSight));
      },
      { root, rootMargin: '-20% 0px -75% 0px' },
    );
    const observe = () => {
      for (const page of root.querySelectorAll('[data-page]')) {
        close.observe(page);
        reading.observe(page);
      }
    };
    observe();
    const added = new MutationObserver(observe);
    added.observe(root, { childList: true });
    return () => {
      added.disconnect();
      close.disconnect();
      reading.disconnect();
    };
  }, [scroller, pages]);

  return { near, current };
}
