import { type RefObject, useEffect } from 'react';

/** What has the focus while nothing of the page has: also <main>, which gets it when a page begins. The box leads down. */
const nowhere = 'body, main, [role="combobox"]';

/**
 * The keyboard in a list of hits: arrows walk, from the search box too; Space previews. Enter needs nothing: it opens
 * the link that has the focus.
 */
export function useHitKeys(list: RefObject<HTMLElement | null>, onPreview: (id: string) => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !list.current) return;
      const links = [...list.current.querySelectorAll<HTMLElement>('[data-hit]')];
      const at = links.indexOf(document.activeElement as HTMLElement);
      const target = event.target as HTMLElement;
      if (links.length === 0 || (at === -1 && !target.matches(nowhere))) return;
      if (event.key === ' ' && at >= 0) {
        event.preventDefault();
        onPreview(links[at]?.dataset.hit ?? '');
        return;
      }
      const step = { ArrowDown: columnsOf(links), ArrowUp: -columnsOf(links), ArrowRight: 1, ArrowLeft: -1 }[
        event.key
      ];
      if (step === undefined || (at === -1 && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      links[at === -1 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [list, onPreview]);
}

/** How many hits stand side by side: as many as share the row of the first. */
function columnsOf(links: HTMLElement[]): number {
  const tops = links.map((link) => link.closest('article')?.getBoundingClientRect().top);
  const next = tops.findIndex((top) => top !== tops[0]);
  return next === -1 ? 1 : next;
}
