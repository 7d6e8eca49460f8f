import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { rateResource } from '../../server/reviews/contract.ts';
import { recordUse } from '../../server/usage/contract.ts';
import { collections } from './collections.ts';
import { organisations } from './content.ts';
import type { Stage } from './stage.ts';

const comments = [
  '参数齐全，课堂上直接能用。',
  '学生反映步骤清楚，建议再配一段视频。',
  '工作页设计得好，已用于两个班。',
  '内容贴近岗位，安全教育时用得上。',
];

/** Collections, shelves, ratings and uses: what people do with the resources once they are there. */
export async function arrange(stage: Stage): Promise<void> {
  const { ledger } = stage;
  const idOf = (key: string) => ledger.resources[key]?.id ?? '';
  for (const { key, curator, title, summary, sections } of collections) {
    await stage.once(`collection:${key}`, async () => {
      stage.say(title);
      const by = await stage.as({ key: curator });
      const { create, addItem, update } = collectionEndpoints;
      const made = await by.call(create, {
        body: {
          title,
          summary,
          audience: { scope: 'group' },
          sections: sections.map(({ items: _, ...section }) => section),
        },
      });
      const params = { id: made.id };
      for (const section of sections)
        for (const [item, note] of Object.entries(section.items))
          await by.call(addItem, { params, body: { resource: idOf(item), section: section.id, note } });
      const [cover = ''] = Object.keys(sections[0]?.items ?? {});
      await by.call(update, { params, body: { cover: idOf(cover) } });
    });
  }
  await stage.once('shelf', async () => {
    const teacher = await stage.as({ key: 'qian' });
    const shelf = await teacher.call(shelfEndpoints.create, { body: { title: '本周备课' } });
    for (const key of ['stepped-shaft/lesson', 'motor-reversing/worksheet', 'palletising/model'])
      await teacher.call(shelfEndpoints.addItem, { params: { id: shelf.id }, body: { resource: idOf(key) } });
  });
  await stage.once('uses', () => use(stage));
}

/** Teachers of other organisations read, take into their lessons and rate. */
async function use(stage: Stage): Promise<void> {
  const lessons = Object.entries(stage.ledger.resources).filter(([key]) => key.endsWith('/lesson'));
  for (const [n, [, { id }]] of lessons.entries()) {
    const readers = organisations.flatMap(({ people }, o) =>
      o === n % organisations.length ? [] : people.slice(-1),
    );
    for (const [r, reader] of readers.slice(0, 3).entries()) {
      const member = await stage.as(reader);
      const { owner, organisation } = await member.call(getResource, { params: { id }, query: {} });
      const isOwn =
        owner === stage.ledger.people[reader.key]?.id ||
        organisation === stage.ledger.organisations[reader.key];
      await member.call(recordUse, { body: { resource: id, kind: 'adopt' } });
      const comment = comments[(n + r) % comments.length] ?? '';
      if (!isOwn)
        await member.call(rateResource, { params: { id }, body: { stars: 4 + ((n + r) % 2), comment } });
    }
  }
}
