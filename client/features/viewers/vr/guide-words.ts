import { useTexts } from '../../../i18n/index.ts';
import { labelTexts } from '../labels/i18n.ts';
import type { GuideWords } from './guide.ts';
import { vrTexts } from './i18n.ts';

/** What is said about labels in a headset, in the member's language. */
export function useGuideWords(): GuideWords {
  const vr = useTexts(vrTexts);
  const label = useTexts(labelTexts);
  return {
    previous: vr('board.previous'),
    next: vr('board.next'),
    hide: vr('board.hide'),
    show: vr('board.show'),
    leave: vr('leave'),
    secret: label('tour.what'),
    reveal: vr('secret.reveal'),
    onward: vr('onward'),
  };
}
