import { useEffect } from 'react';

/** Single letters act while nobody is typing and no question is open; one that is held acts once. */
export function useLetterKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target;
      const isBusy =
        target instanceof HTMLElement &&
        (target.matches('input:not([type=radio]), textarea, select, [contenteditable]') ||
          target.closest('[role=dialog]') !== null);
      if (isBusy || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}
