import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { rateResource } from '../../server/reviews/contract.ts';
import { recordUse } from '../../server/usage/contract.ts';
import { organisations } from './content.ts';
import type { Stage } from './stage.ts';

/** Collections by the curators, as a reader meets them. Items are keys of the plan. */
const collections = [
  {
    key: 'turning-first-term',
    curator: 'yu',
    title: '数控车削：第一学期实训',
    summary: '从对刀到阶梯轴，一学期 18 周可直接使用的资源组合。',
    sections: [
      {
        id: 'prepare',
        title: '一、准备与对刀',
        items: ['lathe-tool-setting/lesson', 'lathe-tool-setting/model', 'lathe-tool-setting/worksheet'],
      },
      {
        id: 'machine',
        title: '二、加工阶梯轴',
        items: [
          'stepped-shaft/lesson',
          'stepped-shaft/micro-lesson',
          'stepped-shaft/worksheet',
          'stepped-shaft/model',
        ],
      },
    ],
  },
  {
    key: 'welding-levels',
    curator: 'xiao',
    title: '焊工技能等级：初级到高级',
    summary: '由行业协会精选，对应特殊焊接技术证书三个等级。',
    sections: [
      {
        id: 'basic',
        title: '初级：焊条电弧焊',
        items: ['flat-butt-weld/lesson', 'flat-butt-weld/worksheet'],
      },
      {
        id: 'middle',
        title: '中级：气体保护焊',
        items: [
          'gas-shielded-vertical/lesson',
          'gas-shielded-vertical/worksheet',
          'robot-arc-welding/lesson',
        ],
      },
      { id: 'high', title: '高级：氩弧焊', items: ['tig-pipe/lesson', 'tig-pipe/model'] },
    ],
  },
  {
    key: 'smart-line',
    curator: 'yu',
    title: '智能制造产线：电、气、机器人',
    summary: '一条分拣码垛产线需要的全部基础：电气控制、气动、传感器和机器人。',
    sections: [
      {
        id: 'electric',
        title: '电气与气动',
        items: ['motor-reversing/lesson', 'pneumatic-sequence/lesson', 'sorting-station/worksheet'],
      },
      {
        id: 'robot',
        title: '机器人',
        items: ['palletising/lesson', 'tcp-calibration/worksheet', 'palletising/model'],
      },
    ],
  },
];

const comments = [
  '参数齐全，课堂上直接能用。',
  '学生反映步骤清楚，建议再配一段视频。',
  '工作页设计得好，已用于两个班。',
  '模型很直观，安全教育时用得上。',
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
        for (const item of section.items)
          await by.call(addItem, { params, body: { resource: idOf(item), section: section.id } });
      await by.call(update, { params, body: { cover: idOf(sections[0]?.items[0] ?? '') } });
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
