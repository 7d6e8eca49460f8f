import { ConflictView } from '../../components/conflict-view.tsx';
import { type Place, placeKey, valueAt, type Written } from '../../features/collections/editor/changes.ts';
import { editorTexts } from '../../features/collections/editor/i18n.ts';
import type { SetInHand } from '../../features/collections/editor/use-set.ts';
import { useWordsOf } from '../../features/resources/words-of.ts';
import { useTexts } from '../../i18n/index.ts';

/** What somebody else has written in a set at the same places; nothing when there is none. */
export function SetConflict({ inHand }: { inHand: SetInHand }) {
  const t = useTexts(editorTexts);
  const wordsOf = useWordsOf();
  const { set, theirs, overtaken, resolve } = inHand;
  if (overtaken.length === 0) return null;
  const nameOf = (resource: Written | undefined) =>
    set.items.find((item) => item.resource === resource)?.card?.title ?? t('item.gone');
  const labelOf = (place: Place) =>
    place.at === 'item-note' ? t('item.note', { name: nameOf(place.resource) }) : t(place.at);
  const wordsAt = (place: Place, value: Written | undefined) => {
    if (place.at !== 'cover') return wordsOf(place.at, value);
    return value ? nameOf(value) : t('cover.none');
  };
  return (
    <ConflictView
      clashes={overtaken.map(({ place, value }) => ({
        name: placeKey(place),
        label: labelOf(place),
        mine: wordsAt(place, value),
        theirs: wordsAt(place, valueAt(theirs, place)),
      }))}
      onResolve={resolve}
    />
  );
}
