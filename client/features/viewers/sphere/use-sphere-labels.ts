import type { RefObject } from 'react';
import { isInSphere } from '../../../../server/resources/contract.ts';
import type { SphereLabel } from '../labels/label.ts';
import { useTour } from '../labels/use-tour.ts';
import type { ViewerProps } from '../viewer-props.ts';
import type { SphereControl } from './sphere-element.tsx';

interface Ways {
  control: RefObject<SphereControl | null>;
  /** Told before the view turns to a label. */
  onGo?: () => void;
  /** A label that leads on was chosen. */
  onEnter: (label: SphereLabel) => void;
}

/** The labels of a 360° picture or film as a tour, which of them was asked for, and what going to and choosing one does. */
export function useSphereLabels(
  { file, part }: Pick<ViewerProps, 'file' | 'part'>,
  { control, onGo, onEnter }: Ways,
) {
  const labels = (file.labels ?? []).filter(isInSphere);
  const tour = useTour(labels);

  function go(at: number) {
    const label = labels[at];
    if (!label) return;
    onGo?.();
    control.current?.goTo(label.view);
    tour.go(at);
  }

  function choose(at: number) {
    const label = labels[at];
    if (label?.scene) onEnter(label);
    else go(at);
  }

  return { labels, tour, asked: labels.find(({ title }) => title === part), go, choose };
}
