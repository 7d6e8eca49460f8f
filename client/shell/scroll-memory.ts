import { useEffect } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

const places = new Map<string, number>();
const patience = 1500;

/** A new page begins at its top; one that is gone back to, where it was left, once it is long enough again. */
export function useScrollMemory(): void {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path alone begins at the top
  useEffect(() => {
    if (type !== NavigationType.Pop) {
      window.scrollTo(0, 0);
      return;
    }
    const place = places.get(key) ?? 0;
    const until = performance.now() + patience;
    let frame = requestAnimationFrame(function follow() {
      const longEnough = document.documentElement.scrollHeight - window.innerHeight >= place;
      if (longEnough) window.scrollTo(0, place);
      else if (performance.now() < until) frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname]);

  useEffect(() => {
    const remember = () => places.set(key, window.scrollY);
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, [key]);
}
