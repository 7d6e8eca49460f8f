import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Analysis, planQuery, readQuery } from '../../../server/search/analysis/index.ts';
import { analysis, findable, openRoom } from './search-room.ts';

let room: Awaited<ReturnType<typeof openRoom>>;

const titles = {
  lathe: '数控车床编程与操作',
  simulation: '机电设备虚拟仿真实训指导',
  turner: '车工技能等级考核（中级）',
  carIndustry: '汽车工业概论',
  plc: 'S7-1200 PLC应用技术',
  fanuc: 'FANUC 0i 系统参数设置',
  tolerance: '未注公差 GB/T 1804-m 的应用',
  thread: '普通螺纹 M12×1.5 车削',
  robot: '工業機器人操作與運維',
  certificate: '1+X证书《工业机器人应用编程》题库',
  steel: '45#钢调质处理工艺',
} as const;

beforeAll(async () => {
  room = await openRoom([
    ...Object.entries(titles).map(([id, title]) => findable(id, { title })),
    findable('summary', { title: '实训手册', summary: '介绍数控车床的日常保养' }),
    findable('pages', {
      title: '机械加工基础',
      passages: [
        { text: '第一章 绪论', place: { page: 1 } },
        { text: '数控\n车床的主轴与刀架；液压卡盘的调整', place: { page: 2 } },
      ],
    }),
    findable('radicals', { title: '讲义', passages: [{ text: '⻋刀⻆度，⻮轮', place: { page: 1 } }] }),
    findable('valued', {
      title: '微课一则',
      values: { major: ['数控技术'], type: ['微课'], organisation: ['滨海职业技术学院'] },
    }),
  ]);
});
afterAll(() => room.close());

describe('words and their parts', () => {
  test.each([
    ['数控车床', 'lathe'],
    ['仿真', 'simulation'],
    ['实训', 'simulation'],
    ['虚拟仿真', 'simulation'],
    ['真实训', 'simulation'],
    ['控车床编', 'lathe'],
    ['工业机器人', 'robot'],
    ['機器人', 'robot'],
    ['液压卡盘', 'pages'],
    ['车刀角度', 'radicals'],
    ['齿轮', 'radicals'],
    ['s7-1200', 'plc'],
    ['S71200', 'plc'],
    ['1200', 'plc'],
    ['S7 PLC', 'plc'],
    ['ＰＬＣ', 'plc'],
    ['fanuc', 'fanuc'],
    ['FANUC0i', 'fanuc'],
    ['0i', 'fanuc'],
    ['gb/t 1804', 'tolerance'],
    ['GB/T 1804-m', 'tolerance'],
    ['GBT1804', 'tolerance'],
    ['M12x1.5', 'thread'],
    ['M12*1.5', 'thread'],
    ['m12', 'thread'],
    ['1+x', 'certificate'],
    ['45#钢', 'steel'],
    ['45钢', 'steel'],
    ['车', 'lathe'],
  ])('%s finds %s', async (text, id) => {
    expect(await room.find(text)).toContain(id);
  });

  test('every part of two and more characters of every title finds it', async () => {
    for (const [id, title] of Object.entries(titles)) {
      for (const run of title.match(/[\u4e00-\u9fff]{2,}/g) ?? [])
        for (let start = 0; start < run.length - 1; start++)
          for (let end = start + 2; end <= Math.min(run.length, start + 6); end++) {
            const part = run.slice(start, end);
            const found = await room.find(part);
            if (!found.includes(id)) throw new Error(`${part} does not find ${title}`);
          }
    }
  });

  test('title before summary before pages', async () => {
    expect(await room.find('数控车床')).toEqual(['lathe', 'summary', 'pages']);
  });

  test('a word is before the same characters across two words', async () => {
    expect(await room.find('车工')).toEqual(['turner', 'carIndustry']);
  });
});

describe('operators', () => {
  test('quotation marks want the very text', async () => {
    expect(await room.find('"车床编程"')).toEqual(['lathe']);
    expect(await room.find('“编程操作”')).toEqual([]);
    expect(await room.find('"车床的主轴"')).toEqual(['pages']);
  });
  test('a minus sign leaves out', async () => {
    expect(await room.find('机器人 -证书')).toEqual(['robot']);
  });
  test.each(['专业:数控', 'major：数控技术', '类型:微课', '单位:滨海', '专业:数控 微课'])(
    '%s asks a named field',
    async (text) => {
      expect(await room.find(text)).toEqual(['valued']);
    },
  );
});

describe('pinyin', () => {
  test.each([
    ['shukong', 'lathe'],
    ['shukongchechuang', 'lathe'],
    ['skcc', 'lathe'],
    ['sk', 'lathe'],
    ['jiqiren', 'robot'],
    ['gyjqr', 'robot'],
    ['fangzhen', 'simulation'],
  ])('%s finds %s', async (text, id) => {
    expect(await room.find(text)).toContain(id);
  });
});

describe('fewer words', () => {
  test('the parts of a long word find what holds them apart', async () => {
    expect(await room.find('编程数控车床')).toEqual(['lathe']);
    expect(await room.find('机器人编程操作', 'half')).toEqual(
      expect.arrayContaining(['robot', 'certificate']),
    );
  });
});

describe('a character that stands alone beside words', () => {
  test.each([
    ['数控车床编', 'words', ['lathe']],
    ['数控车床床', 'words', []],
    ['数控车床床', 'longer', ['lathe', 'summary', 'pages']],
    ['控数控车床', 'longer', ['lathe', 'summary', 'pages']],
  ] as const)('%s, %s', async (text, strictness, found) => {
    expect(await room.find(text, strictness)).toEqual(found);
  });
  test('is a part of the word beside it, if only one', () => {
    const wordsOf = (text: string) => readQuery(text, analysis.dictionary).words;
    expect(wordsOf('液压油位')).toEqual([{ text: '液压油位', longer: '液压油', quoted: false }]);
    expect(wordsOf('液压油位检查').map(({ text }) => text)).toEqual(['液压油位', '检查']);
    expect(wordsOf('4轴机床').map(({ text }) => text)).toEqual(['4轴', '机床']);
    expect(wordsOf('加工中新').map(({ longer }) => longer)).toEqual(['加工']);
    expect(wordsOf('变频器报警怎么处理').map(({ text }) => text)).toEqual(['变频器', '报警']);
    expect(wordsOf('钳工怎么锉').map(({ text }) => text)).toEqual(['钳工']);
  });
  test('is a word like any other where it is typed as one', async () => {
    expect(await room.find('技能 车')).toEqual(['turner']);
    expect(await room.find('技能 铣')).toEqual([]);
    expect(await room.find('技能 铣', 'longer')).toEqual([]);
    expect(await room.find('技能 铣', 'half')).toEqual(['turner']);
  });
});

test('a word that curators add counts in full where it was indexed before they did', async () => {
  const own = await openRoom([
    findable('axis', { title: '五轴机床的功能' }),
    findable('outside', { title: '外圆加工工艺' }),
    findable('inside', { title: '内孔加工工艺' }),
  ]);
  const curated = new Analysis();
  curated.extend(['五轴']);
  const query = planQuery(readQuery('五轴 加工', curated.dictionary), 'any', curated.dictionary);
  const { hits } = await own.index.search({ audience: ['public'], query, limit: 5, now: 0 });
  expect(hits[0]?.id).toBe('axis');
  await own.close();
});

describe('odd queries', () => {
  test.each([
    '',
    '   ',
    '"',
    '""',
    '-',
    '--',
    ':',
    '专业:',
    '。。。',
    '" OR 1=1',
    'NEAR(a b)',
    'a* AND',
    '\u0000\ud800',
    '😀',
    '的',
    '%_',
    "'",
    '\\',
  ])('are answered: %j', async (text) => {
    expect(Array.isArray(await room.find(text))).toBe(true);
  });
  test('of ten thousand characters', async () => {
    expect(await room.find('数控车床'.repeat(2500))).toEqual(expect.any(Array));
  });
});
