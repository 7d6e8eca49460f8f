import { textOf } from '../../i18n/index.ts';
import { uploadTexts } from './i18n.ts';

/** Time that is left at a speed (bytes per second), as people say it. */
export function formatRemaining(bytes: number, speed: number): string {
  const t = textOf(uploadTexts);
  const seconds = Math.ceil(bytes / Math.max(speed, 1));
  if (seconds < 60) return t('left.seconds', { n: seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return t('left.minutes', { n: minutes });
  if (minutes < 24 * 60) return t('left.hours', { n: Math.floor(minutes / 60), m: minutes % 60 });
  return t('left.long');
}
