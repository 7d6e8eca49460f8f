import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { staleResources } from '../../../server/resources/index.ts';
import { countDays } from '../../../server/usage/days.ts';
import { UsageEventModel } from '../../../server/usage/model.ts';
import { tellSearch, usesOf } from '../../../server/usage/popularity.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

const [r, s, neverUsed] = ['a', 'b', 'c'].map((digit) => digit.repeat(24)) as [string, string, string];

const use = (resource: string, at: string, counted = true) => ({
  at: new Date(at),
  kind: 'view' as const,
  resource,
  who: 'a',
  resourceOrganisation: 'p',
  key: `a|view|${resource}|`,
  counted,
});

test('uses of counted days and of today are summed, second clicks left out', async () => {
  await UsageEventModel.insertMany([
    use(r, '2026-03-01T01:00:00Z'),
    use(r, '2026-03-01T01:00:01Z', false),
    use(r, '2026-03-02T01:00:00Z'),
    use(r, '2026-03-03T01:00:00Z'),
    use(s, '2026-03-03T01:00:00Z'),
  ]);
  const expected = new Map([
    [r, 3],
    [s, 1],
  ]);
  expect(await usesOf([r, s, neverUsed])).toEqual(expected);
  await countDays(new Date('2026-03-03T02:00:00Z'));
  expect(await usesOf([r, s, neverUsed])).toEqual(expected);
});

test('search is told of published resources that were used since it was told last', async () => {
  const store = (state: string) =>
    mongoose.connection
      .collection<{ _id: mongoose.Types.ObjectId }>('resources')
      .insertOne({ _id: new mongoose.Types.ObjectId(), ...{ state, revision: 3, staleSince: null } });
  const [used, unused, draft] = await Promise.all([store('published'), store('published'), store('draft')]);
  const isStale = async () => (await staleResources(10)).map(({ id }) => id);
  await UsageEventModel.insertMany(
    [used, draft].map(({ insertedId }) => use(String(insertedId), '2026-03-04T01:00:00Z')),
  );
  await tellSearch(new Date('2026-03-04T02:00:00Z'));
  expect(await isStale()).toEqual([String(used.insertedId)]);

  await UsageEventModel.create(use(String(unused.insertedId), '2026-03-04T03:00:00Z'));
  await mongoose.connection.collection('resources').updateMany({}, { $set: { staleSince: null } });
  await tellSearch(new Date('2026-03-04T04:00:00Z'));
  expect(await isStale()).toEqual([String(unused.insertedId)]);
});
