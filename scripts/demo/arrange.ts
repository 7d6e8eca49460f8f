import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { rateResource } from '../../server/reviews/contract.ts';
import { recordUse } from '../../server/usage/contract.ts';
import { collections } from './collections.ts';
import { organisations, type Person } from './content.ts';
import type { Stage } from './stage.ts';

/** What is used, by how many at most, and what they say of it. */
const used = [
  {
    of: 'lesson',
    readers: 3,
    comments: [
      '参数齐全，课堂上直接能用。',
      '学生反映步骤清楚，建议再配一段视频。',
      '内容贴近岗位，安全教育时用得上。',
    ],
  },
  {
    of: 'worksheet',
    readers: 2,
    comments: ['工作页设计得好，已用于两个班。', '引导问题由浅入深，评价表可以直接打印。'],
  },
  {
    of: 'model',
    readers: 2,
    comments: ['模型很直观，学生课前就认清了各部分。', '投到大屏上拆开来讲，比挂图清楚。'],
  },
] as const;

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
  for (const { of, readers, comments } of used) {
    const resources = Object.entries(stage.ledger.resources).filter(([key]) => key.endsWith(`/${of}`));
    for (const [n, [, { id }]] of resources.entries()) {
      const others = organisations.flatMap(({ people }, o) =>
        o === n % organisations.length ? [] : people.slice(-1),
      );
      for (const [r, reader] of [...others.slice(n % others.length), ...others].slice(0, readers).entries())
        await adopt(stage, reader, id, {
          stars: 4 + ((n + r) % 2),
          comment: comments[(n + r) % comments.length],
        });
    }
  }
}

/** Takes a resource into a lesson, and rates it unless it is the reader's own. */
async function adopt(
  stage: Stage,
  reader: Person,
  id: string,
  rating: { stars: number; comment: string | undefined },
): Promise<void> {
  const member = await stage.as(reader);
  const { owner } = await member.call(getResource, { params: { id }, query: {} });
  await member.call(recordUse, { body: { resource: id, kind: 'adopt' } });
  if (owner !== stage.ledger.people[reader.key]?.id)
    await member.call(rateResource, { params: { id }, body: rating });
}
