import { collectionEndpoints, shelfEndpoints } from '../../../../server/collections/contract.ts';
import { call } from '../../../api/call.ts';
import type { Base, ResourceSet } from '../queries.ts';
import { type Change, changed } from './changes.ts';

/**
 * Sends one change of a set as it was last seen. What is put over something else names the revision that was seen, so
 * that nothing of somebody else's is lost; taking out and putting in need none. @throws ProblemError
 */
export function sendChange(base: Base, set: ResourceSet, change: Change): Promise<ResourceSet> {
  const { id, revision: ifMatch } = set;
  const { update, addItem, changeItem, removeItem } =
    base === 'collections' ? collectionEndpoints : shelfEndpoints;
  const params = { id };
  switch (change.what) {
    case 'write': {
      const { place, value } = change;
      if (place.at === 'item-note')
        return call(changeItem, {
          params: { id, resource: place.resource },
          body: { note: String(value) },
          ifMatch,
        });
      const body = 'section' in place ? sectionsAfter(set, change) : { [place.at]: value };
      return call(update, { params, body, ifMatch });
    }
    case 'section-added':
    case 'section-removed':
    case 'section-shifted':
      return call(update, { params, body: sectionsAfter(set, change), ifMatch });
    case 'item-added': {
      const { resource, section, note } = change.item;
      const body = { resource, section, note, ...(change.before !== null && { before: change.before }) };
      return call(addItem, { params, body });
    }
    case 'item-moved': {
      const { resource, ...body } = change.move;
      return call(changeItem, { params: { id, resource }, body, ifMatch });
    }
    case 'item-removed':
      return call(removeItem, { params: { id, resource: change.resource } });
  }
}

const sectionsAfter = (set: ResourceSet, change: Change) => ({
  sections: [...changed(set, change).sections],
});
