import { useTexts } from '../../../i18n/index.ts';
import { modelTexts } from './i18n.ts';

const heights = ['upper-', '', 'lower-'] as const;
const sides = ['front', 'right', 'back', 'left'] as const;

/**
 * What screen readers are told of a model besides its name, in the reader's language: how it is turned, and from where
 * it is seen once it was. Without this the library speaks English.
 */
export function useSpoken(): string {
  const t = useTexts(modelTexts);
  const views = heights.flatMap((height) => sides.map((side) => `${height}${side}` as const));
  return JSON.stringify({
    'interaction-prompt': t('turn.how'),
    ...Object.fromEntries(views.map((view) => [view, t(`seen.${view}`)])),
  });
}
