import { readTradeTerms } from '../../server/search/analysis/dictionary.ts';
import type { Findable } from '../../server/search/document.ts';

/** A sequence of numbers from 0 to 1 that is the same at every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const forms =
  '教学设计 操作指导 微课 课件 实训项目 工作页 题库 案例分析 技能训练 虚拟仿真 任务书 考核标准 视频 动画 教案 故障诊断 安全规范 综合应用'.split(
    ' ',
  );
const sentences = [
  '本任务要求学生掌握{}的基本原理，并能按照工艺要求完成{}的操作。',
  '在教师指导下检查{}的状态，记录{}的参数，分析产生误差的原因。',
  '注意：操作{}之前必须确认安全防护到位，严禁在{}运行时打开防护门。',
  '与{}相比，{}的精度更高，适用于批量生产和复杂零件的加工。',
  '学习目标：能说出{}的组成，会选用{}，养成严谨细致的职业素养。',
  '某企业在生产中采用{}代替{}，节拍缩短了百分之二十，废品率明显下降。',
  '小组讨论：{}出现异常时应当如何处理？请结合{}的结构说明理由。',
  '步骤一，安装并找正{}；步骤二，调整{}；步骤三，试运行并填写记录表。',
];
const majors = ['460101', '460103', '460104', '460113', '460301', '460305', '460306', '460702'];
const kinds = ['courseware', 'courseware', 'courseware', 'textbook', 'xr'];
const mediaTypes = ['application/pdf', 'video/mp4', 'image/png', 'model/gltf-binary', 'text/markdown'];
const materialTypes = ['text', 'image', 'video', 'animation', 'simulation', 'slides'];
const organisations = Array.from({ length: 94 }, (_, n) => (n + 1).toString(16).padStart(24, '0'));

/** Words drawn so that a few are very frequent and most are rare, as in any text (Zipf). */
export class Words {
  private readonly terms: readonly string[];
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
    const terms = readTradeTerms().filter((term) => /^[\u4e00-\u9fff]{2,8}$/.test(term));
    // The order of the file follows the subjects; a frequent word can stand in any of them.
    const mixing = randomNumbers(7);
    this.terms = terms
      .map((term) => [mixing(), term] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, term]) => term);
  }

  next(): string {
    return this.terms[Math.floor(this.terms.length ** this.random()) - 1] as string;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }

  number(): number {
    return this.random();
  }
}

const day = 86_400_000;

/** Resources of a large group: some sentences a passage, audiences of all kinds. */
export function* resources(count: number, passages: number, first = 1): Generator<Findable> {
  const words = new Words(1);
  const now = Date.UTC(2026, 10, 1);
  for (let n = 0; n < count; n++) {
    const id = `a${(first + n).toString(16).padStart(23, '0')}`;
    const organisation = words.pick(organisations);
    const [kind, major, mediaType] = [words.pick(kinds), words.pick(majors), words.pick(mediaTypes)];
    const materialType = words.pick(materialTypes);
    const title = `${words.next()}${words.pick(forms)}`;
    const publishedAt = now - Math.floor(words.number() * 1500) * day;
    const audience = words.number() < 0.7 ? ['group'] : words.number() < 0.5 ? ['group', 'public'] : [];
    const summary = sentenceOf(words);
    const tags = [words.next(), words.next()];
    yield {
      id,
      revision: 1,
      audience: [...audience, `organisation:${organisation}`, 'admin'],
      title,
      summary,
      terms: tags,
      names: [],
      fileNames: [`${title}.pdf`],
      values: {},
      facets: {
        kind: [kind],
        level: ['module'],
        major: [major, major.slice(0, 4), '46'],
        organisation: [organisation],
        materialType: [materialType],
        mediaType: [mediaType.split('/')[0] as string, mediaType],
        licence: ['group-only'],
        year: [String(new Date(publishedAt).getFullYear())],
        language: ['zh-CN'],
        tag: tags,
      },
      numbers: { publishedAt, uses: Math.floor(words.number() * 500), rating: 3 },
      stored: storedOf({
        id,
        kind,
        organisation,
        title,
        summary,
        major,
        materialType,
        mediaType,
        publishedAt,
      }),
      passages: Array.from({ length: passages }, (_, page) => ({
        text: `${sentenceOf(words)}${sentenceOf(words)}${sentenceOf(words)}`,
        place: { file: `${title}.pdf`, page: page + 1 },
      })),
    };
  }
}

/** What people type: one to four words, frequent ones often. */
export function queries(count: number): string[] {
  const words = new Words(2);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(words.number() ** 2 * 4) }, () => words.next()).join(' '),
  );
}

function sentenceOf(words: Words): string {
  return words.pick(sentences).replace(/\{\}/g, () => words.next());
}

function storedOf(of: Record<string, string | number>) {
  const { organisation, major, publishedAt, mediaType, ...rest } = of;
  const published = new Date(publishedAt as number).toISOString();
  return {
    ...rest,
    organisation,
    owner: organisation,
    state: 'published',
    version: 1,
    publishedAt: published,
    createdAt: published,
    updatedAt: published,
    revision: 1,
    level: 'module',
    majors: [major],
    tags: [],
    language: 'zh-CN',
    licence: 'group-only',
    creators: ['李老师'],
    audience: { scope: 'group' },
    fileCount: 1,
    bytes: 1000,
    cover: null,
    mediaTypes: [mediaType],
  };
}
