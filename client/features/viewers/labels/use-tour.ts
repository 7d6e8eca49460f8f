import { useState } from 'react';
import { type Label, leadsOn } from './label.ts';

/** Where a learner stands in the tour, and what they have not been told yet. */
export function useTour(labels: readonly Label[]) {
  const [at, setAt] = useState<number>();
  const [testing, setTesting] = useState(false);
  const [revealed, setRevealed] = useState<ReadonlySet<number>>(new Set());
  return {
    at,
    testing,
    go: setAt,
    isSecret: (label: number) => testing && !revealed.has(label) && !leadsOn(labels[label] ?? {}),
    reveal: (label: number) => setRevealed((before) => new Set([...before, label])),
    test(on: boolean) {
      setTesting(on);
      setRevealed(new Set());
    },
    /** In another scene, whose labels are others. */
    restart() {
      setAt(undefined);
      setRevealed(new Set());
    },
  };
}

export type TourState = ReturnType<typeof useTour>;
