import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Member } from '../../../server/access/index.ts';
import { pageWriter } from '../../../server/http/index.ts';
import { forgetLabels } from '../../../server/members/directory.ts';
import { OrganisationModel } from '../../../server/members/organisations/model.ts';
import { described } from '../../../server/members/organisations/service.ts';
import { suggest } from '../../../server/search/contract.ts';
import { toDocument } from '../../../server/search/document.ts';
import { KeptPages } from '../../../server/search/kept-pages.ts';
import type { SearchRoom } from '../../../server/search/room.ts';
import { openDocuments } from '../embedded-documents.ts';
import { analysis, findable, openRoom } from './search-room.ts';

openDocuments();

let opened: Awaited<ReturnType<typeof openRoom>>;
beforeAll(async () => {
  opened = await openRoom([findable('a', {}), findable('b', { audience: ['member:owner'] })]);
});
afterAll(() => opened.close());

const write = pageWriter(suggest);
const member = (id: string): Member => ({ id, name: '', organisation: id, roles: ['teacher'] });

/** Asks as the search does, and tells which answer was given: the first that was made, the second … */
function asking(most = 10_000) {
  const words = { synonymsOf: () => [], known: [] as SearchRoom['words']['known'] };
  const pages = new KeptPages({ analysis, words, now: () => 0 }, most);
  let made = 0;
  const ask = async (asked: string, by = 'reader') => {
    const given = await pages.get(opened.index, member(by), asked, async () => {
      made++;
      return { page: write({ items: [{ kind: 'term', text: `${made}`, marked: '' }] }), isEmpty: false };
    });
    return JSON.parse(given.page.bodyFor(suggest).toString()).items[0].text;
  };
  return { ask, pages, words };
}

test('the same question of those who see the same is answered once, of others by itself', async () => {
  const { ask } = asking();
  expect(await Promise.all([ask('液压'), ask('液压'), ask('液压', 'other')])).toEqual(['1', '1', '1']);
  expect([await ask('液压', 'owner'), await ask('气动'), await ask('液压')]).toEqual(['2', '3', '1']);
});

test('it is answered anew when the index, a name or the vocabularies have changed', async () => {
  const { ask, words } = asking();
  expect(await ask('液压')).toBe('1');
  await opened.index.apply({ put: [toDocument(analysis, findable('c', {}))] });
  expect([await ask('液压'), await ask('液压')]).toEqual(['2', '2']);
  await OrganisationModel.create(described({ name: '一校', kind: 'college', shortName: '', region: '' }));
  forgetLabels();
  expect([await ask('液压'), await ask('液压')]).toEqual(['3', '3']);
  words.known = [];
  expect([await ask('液压'), await ask('液压')]).toEqual(['4', '4']);
});

test('an answer that failed is not kept', async () => {
  const { ask, pages } = asking();
  const failing = pages.get(opened.index, member('reader'), '液压', () => Promise.reject(new Error('down')));
  await expect(failing).rejects.toThrow('down');
  expect(await ask('液压')).toBe('1');
});

test('so many bytes are kept, small answers counting what it costs to keep them; what was asked for longest ago goes first', async () => {
  const { ask } = asking(2_200);
  for (const q of ['甲', '乙', '甲', '丙', '丁']) await ask(q);
  expect([await ask('甲'), await ask('丁'), await ask('乙')]).toEqual(['1', '4', '5']);
});
