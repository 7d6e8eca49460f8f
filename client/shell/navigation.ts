import type { PlainKey } from '../i18n/index.ts';
import type { zhCN } from '../i18n/zh-CN.ts';

type May = (action: string, subject: string) => boolean;

interface Place {
  readonly to: string;
  readonly text: PlainKey<typeof zhCN>;
}

export interface Navigation {
  /** For everybody who looks for something. */
  readonly look: Place[];
  /** For those who make and judge resources: anybody may have been asked to edit one along. */
  readonly work: Place[];
  /** For those who keep the group in order. */
  readonly manage: Place[];
}

/** What is worth offering to somebody, by what they may do. */
export function navigationFor(may: May, signedIn: boolean): Navigation {
  const places = (...among: (Place | false)[]) => among.filter((place) => place !== false);
  return {
    look: places(
      { to: '/search', text: 'nav.find' },
      { to: '/collections', text: 'nav.collections' },
      signedIn && { to: '/shelves', text: 'nav.shelves' },
    ),
    work: places(
      signedIn && { to: '/mine', text: 'nav.mine' },
      may('return', 'resource') && { to: '/reviews', text: 'nav.reviews' },
    ),
    manage: places(
      may('edit', 'vocabulary') && { to: '/vocabularies', text: 'nav.vocabularies' },
      (may('import', 'person') || may('create', 'organisation')) && {
        to: '/organisations',
        text: 'nav.organisations',
      },
      may('import', 'person') && { to: '/members', text: 'nav.members' },
      may('report', 'usage') && { to: '/usage', text: 'nav.usage' },
      may('read', 'job') && { to: '/jobs', text: 'nav.jobs' },
      may('read', 'job') && { to: '/storage', text: 'nav.storage' },
    ),
  };
}
