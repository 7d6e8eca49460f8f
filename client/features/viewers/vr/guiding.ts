import { useQueryClient } from '@tanstack/react-query';
import { useTexts } from '../../../i18n/index.ts';
import { labelTexts } from '../labels/i18n.ts';
import { openLinked } from '../labels/linked.ts';
import { linkedQuery } from '../labels/queries.ts';
import type { Guided } from './guide.ts';
import { vrTexts } from './i18n.ts';

/** What is said about labels in a headset, in the member's language, and where their links lead. */
export function useGuiding(): Pick<Guided, 'words' | 'links'> {
  const vr = useTexts(vrTexts);
  const label = useTexts(labelTexts);
  const cache = useQueryClient();
  return {
    words: {
      previous: vr('board.previous'),
      next: vr('board.next'),
      hide: vr('board.hide'),
      show: vr('board.show'),
      leave: vr('leave'),
      secret: label('tour.what'),
      reveal: vr('secret.reveal'),
      onward: vr('onward'),
      linked: (title) => label('tour.more', { title }),
      open: vr('board.open'),
    },
    links: {
      titleOf: (resource) =>
        cache.ensureQueryData(linkedQuery(resource)).then(
          ({ title }) => title,
          () => undefined,
        ),
      open: openLinked,
    },
  };
}
