import { useSyncExternalStore } from 'react';
import type { Appearance } from './tokens.ts';

/** What the reader chose: one of the two, or what the system says. */
export type Choice = Appearance | 'system';

const key = 'appearance';
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');
const touch = window.matchMedia('(pointer: coarse)');
const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
const listeners = new Set<() => void>();

const stored = (): Choice => {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // inside of another site's page, browsers refuse storage
  }
};

export function chooseAppearance(choice: Choice): void {
  if (choice === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, choice);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const queries = [darkSystem, touch, calm];
  listeners.add(listener);
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

export const useAppearanceChoice = (): Choice => useSyncExternalStore(subscribe, stored);

export const useAppearance = (): Appearance =>
  useSyncExternalStore(subscribe, () => {
    const choice = stored();
    return choice === 'system' ? (darkSystem.matches ? 'dark' : 'light') : choice;
  });

/** Whether fingers point rather than a mouse. */
export const useTouch = (): boolean => useSyncExternalStore(subscribe, () => touch.matches);

/** Whether the reader asked for no motion. */
export const useCalm = (): boolean => useSyncExternalStore(subscribe, () => calm.matches);
