import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Audience } from '../../server/access/contract.ts';
import { audienceKeysOf, can, keysForAudience, type Member } from '../../server/access/index.ts';
import { toDocument } from '../../server/search/document.ts';
import { indexSettings } from '../../server/search/index-settings.ts';
import type { SearchRoom } from '../../server/search/room.ts';
import { search } from '../../server/search/service.ts';
import type { SearchEngine, SearchIndex } from '../../storage/search/search-index.ts';
import { analysis, findable } from '../unit/search/search-room.ts';

const room: SearchRoom = { analysis, words: { synonymsOf: () => [], known: [] }, now: () => 0 };

const organisations = ['o1', 'o2', 'o3'];
const people = ['p1', 'p2', 'p3', 'p4'];
const words = ['数控车床', '液压', '焊接', '工业机器人', '数控'];

const anyAudience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constantFrom('self', 'organisation', 'group', 'public').map((scope) => ({ scope }) as Audience),
  fc
    .uniqueArray(fc.constantFrom(...organisations), { minLength: 1 })
    .map((named) => ({ scope: 'organisations', organisations: named }) as Audience),
);

const anyResource = fc.record({
  audience: anyAudience,
  owner: fc.constantFrom(...people),
  organisation: fc.constantFrom(...organisations),
  title: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join('与')),
  page: fc.constantFrom(...words, ''),
  kind: fc.constantFrom('courseware', 'textbook', 'xr'),
});

const anyMember: fc.Arbitrary<Member> = fc.oneof(
  fc.constant<Member>({ id: '', name: '', organisation: '', roles: ['visitor'] }),
  fc.record({
    id: fc.constantFrom(...people),
    name: fc.constant('王老师'),
    organisation: fc.constantFrom(...organisations),
    roles: fc.uniqueArray(
      fc.constantFrom('teacher', 'author', 'reviewer', 'organisation-admin', 'curator', 'group-admin'),
      { minLength: 1 },
    ),
  }) as fc.Arbitrary<Member>,
);

const anyQuery = fc.record({
  q: fc.oneof(
    fc
      .array(fc.constantFrom(...words, 'sk', 'yeya', '-焊接', '"数控"'), { maxLength: 3 })
      .map((some) => some.join(' ')),
    fc.constantFrom('数空车床', '车床', ''),
  ),
  kind: fc.subarray(['courseware', 'textbook', 'xr']),
});

/** Checks on random resources, audiences and members that an engine gives nobody anything of what they may not see. */
export function searchPermissionContract(
  name: string,
  open: () => Promise<{ engine: SearchEngine; done(): Promise<void> }>,
  runs: number,
): void {
  describe(`search permission: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let index: SearchIndex;
    beforeAll(async () => {
      opened = await open();
      index = await opened.engine.open({ ...indexSettings([]), version: 'contract-permission' });
    });
    afterAll(() => opened.done());

    test('members of the same view are given the same', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyResource, { maxLength: 8 }),
          fc.array(anyMember, { minLength: 2, maxLength: 6 }),
          async (resources, members) => {
            const found = resources.map(({ audience, owner, organisation, title }, n) =>
              findable(`r${n}`, { title, audience: keysForAudience(audience, { id: owner, organisation }) }),
            );
            await replace(index, found);
            const given = new Map<string, unknown>();
            for (const member of members) {
              const view = await index.viewOf(audienceKeysOf(member));
              if (view === undefined) continue;
              const answer = plain(await search(room, index, member, { q: '数控', limit: 50, filters: {} }));
              expect(given.get(view) ?? answer).toEqual(answer);
              given.set(view, answer);
            }
          },
        ),
        { numRuns: runs, endOnFailure: runs < 100 },
      );
    }, 300_000);

    test('what a member gets is what they would get if nothing else existed', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyResource, { maxLength: 12 }),
          anyMember,
          anyQuery,
          async (resources, member, { q, kind }) => {
            const all = resources.map(({ audience, owner, organisation, title, page, kind: of }, n) => ({
              of: {
                audienceKeys: keysForAudience(audience, { id: owner, organisation }),
                owner,
                organisation,
              },
              found: findable(`r${n}`, {
                title,
                audience: keysForAudience(audience, { id: owner, organisation }),
                facets: { kind: [of], organisation: [organisation] },
                passages: page === '' ? [] : [{ text: page, place: { page: 1 } }],
              }),
            }));
            const asked = { q, limit: 50, filters: { kind } };

            await replace(
              index,
              all.map(({ found }) => found),
            );
            const given = await search(room, index, member, asked);
            await replace(
              index,
              all.filter(({ of }) => isReader(member, of)).map(({ found }) => found),
            );
            const alone = await search(room, index, member, asked);

            expect(plain(given)).toEqual(plain(alone));
          },
        ),
        { numRuns: runs, endOnFailure: runs < 100 },
      );
    }, 300_000);
  });
}

/** The rule of access itself, for what is published: in its audience. */
function isReader(member: Member, { audienceKeys }: { audienceKeys: string[] }): boolean {
  const holds = audienceKeysOf(member).some((key) => audienceKeys.includes(key));
  const thing = {
    audienceKeys,
    owner: '',
    editors: [],
    organisation: '',
    state: 'published',
    scope: 'group',
  };
  expect(can(member, 'read', 'resource', thing)).toBe(holds);
  return holds;
}

async function replace(index: SearchIndex, resources: readonly ReturnType<typeof findable>[]): Promise<void> {
  const there = new Set(resources.map(({ id }) => id));
  const held = (await index.revisions('', 1000)).map(({ id }) => id);
  await index.apply({
    put: resources.map((each) => toDocument(analysis, each)),
    remove: held.filter((id) => !there.has(id)),
  });
}

/** Everything that leaves the search; hits of the same relevance stand in the order in which they came in. */
function plain({ answer, strictness, missing, didYouMean, needles }: Awaited<ReturnType<typeof search>>) {
  const { hits, total, facets } = answer;
  return { hits, total, facets, strictness, missing, didYouMean, needles };
}
