import type { z } from 'zod';
import type { NewResource } from '../../server/resources/contract.ts';
import { type Organisation, organisations, type Person, type Topic, topics } from './content.ts';
import { exercise } from './files/exercise.ts';
import { film } from './files/film.ts';
import { model } from './files/model.ts';
import { cover, tablePicture } from './files/picture.ts';
import { print } from './files/print.ts';
import { slides } from './files/slides.ts';
import { archive, notes, questions, tableFile } from './files/texts.ts';
import { worksheet } from './files/worksheet.ts';

type Files = Map<string, Uint8Array>;

/** What becomes of a resource: `revised` is published twice. */
export type Fate = 'published' | 'revised' | 'submitted' | 'returned' | 'draft' | 'withdrawn';

/** A resource that the demo makes. */
export interface Planned {
  key: string;
  fate: Fate;
  author: Person;
  /** Decides on it: a reviewer who is not its author, else the organisation's administrator. */
  reviewer: Person;
  description: z.input<typeof NewResource>;
  files(): Promise<Files>;
}

const licences = ['cc-by-4.0', 'cc-by-nc-sa-4.0', 'cc-by-sa-4.0', 'group-only'] as const;

/**
 * Fifteen topics: each as lesson, worksheet, model and one thing more; and what is still on its way. Topics and kinds
 * take turns, as in a library that many people fill.
 */
export function plan(): Planned[] {
  const finished = [0, 1, 2, 3].flatMap((round) =>
    topics.map((topic, t) => {
      const made = [lesson, textbook, xrModel, [microLesson, questionBank, kit][t % 3] ?? kit];
      const turn = (t + round) % made.length;
      return planned(topic, t * made.length + turn, made[turn] ?? lesson);
    }),
  );
  // In this order something waits for every reviewer.
  const onTheirWay: Fate[] = [
    'submitted',
    'draft',
    'returned',
    'submitted',
    'submitted',
    'withdrawn',
    'submitted',
    'submitted',
    'submitted',
  ];
  const others = topics.map((topic, t) => ({
    ...planned(topic, 60 + t, guidance),
    fate: onTheirWay[t % onTheirWay.length] ?? 'draft',
  }));
  return [...finished, ...others];
}

type Make = (
  topic: Topic,
  author: string,
) => {
  key: string;
  description: Pick<z.input<typeof NewResource>, 'kind' | 'title' | 'summary' | 'level' | 'materialType'> &
    Partial<z.input<typeof NewResource>>;
  files(): Promise<Files>;
};

function planned(topic: Topic, number: number, make: Make): Planned {
  const home = organisations.find(({ key }) => key === topic.organisation) ?? firstOrganisation;
  const authors = home.people.filter(({ roles }) => roles.includes('author'));
  const author = authors[number % authors.length] ?? firstOrganisation.people[0];
  if (!author) throw new Error(`${home.name} has nobody who writes`);
  const { key, description, files } = make(topic, `${author.name}（${home.shortName}）`);
  const licence = licences[number % licences.length] ?? 'group-only';
  const scope = number % 5 === 0 ? 'public' : number % 20 === 7 ? 'organisation' : 'group';
  return {
    key: `${topic.key}/${key}`,
    fate: number % 15 === 4 ? 'revised' : 'published',
    author,
    reviewer: reviewerOf(home, author),
    description: {
      majors: topic.majors,
      courses: topic.courses,
      jobs: topic.jobs,
      certificates: topic.certificates,
      tags: topic.tags,
      creators: [author.name],
      licence: licence === 'group-only' && scope === 'public' ? 'cc-by-4.0' : licence,
      audience: { scope },
      ...description,
    },
    files,
  };
}

const [firstOrganisation] = organisations as [Organisation, ...Organisation[]];

function reviewerOf(home: Organisation, author: Person): Person {
  const reviewer = home.people.find((one) => one.roles.includes('reviewer') && one.key !== author.key);
  const found = reviewer ?? home.people.find(({ roles }) => roles.includes('organisation-admin'));
  if (!found) throw new Error(`${home.name} has nobody who reviews`);
  return found;
}

const lesson: Make = (topic, author) => ({
  key: 'lesson',
  description: {
    kind: 'courseware',
    title: `${topic.title}：教学课件`,
    summary: topic.summary,
    level: 'component',
    materialType: 'slides',
    courseware: { minutes: 90, aims: topic.goals, method: '任务驱动，理实一体' },
  },
  files: async () =>
    new Map<string, Uint8Array>([
      [`${topic.title}.pptx`, await slides(topic, author)],
      ['封面.png', await cover(topic, '教学课件')],
      [`${topic.card.title.split('：')[0]}.png`, await tablePicture(topic, topic.card)],
    ]),
});

const textbook: Make = (topic, author) => ({
  key: 'worksheet',
  description: {
    kind: 'textbook',
    title: `${topic.title}：活页式工作页`,
    summary: `${topic.summary}含引导问题、工作计划、工作实施与四方评价，可装订入活页夹。`,
    level: 'module',
    materialType: 'text',
    textbook: { form: 'loose-leaf', edition: '第 1 版' },
  },
  files: async () =>
    new Map<string, Uint8Array>([
      [`${topic.title} 工作页.pdf`, await print(topic, author)],
      [`${topic.title} 工作页.docx`, await worksheet(topic, author)],
    ]),
});

const xrModel: Make = (topic) => ({
  key: 'model',
  description: {
    kind: 'xr',
    title: `${topic.title}：三维模型`,
    summary: `可旋转、可按零件查看的三维模型，用于课前认知与安全预演。${topic.summary}`,
    level: 'material',
    materialType: 'simulation',
    xr: {
      devices: ['phone', 'tablet', 'pc'],
      runtime: 'viewer',
      start: '在资源页打开模型，跟着导览看各部分；拖动旋转，滑块可把零件拆开。',
      simulates: topic.title,
      safety: topic.safety.join('；'),
      tasks: topic.steps.slice(0, 4).map((title) => ({ title, minutes: 10 })),
    },
  },
  files: async () =>
    new Map<string, Uint8Array>([
      [`${topic.title}.glb`, await model(topic.model)],
      ['使用说明.md', notes(topic)],
    ]),
});

const microLesson: Make = (topic) => ({
  key: 'micro-lesson',
  description: {
    kind: 'courseware',
    title: `${topic.title}：微课`,
    summary: `分步演示操作要点。${topic.summary}`,
    level: 'material',
    materialType: 'micro-lesson',
    courseware: { minutes: 5 },
  },
  files: async () => {
    const recording = await film(topic);
    const files: Files = new Map();
    if (recording) files.set(`${topic.title}.mp4`, recording);
    return files.set('讲稿.md', notes(topic)).set('封面.png', await cover(topic, '微课'));
  },
});

const questionBank: Make = (topic) => ({
  key: 'questions',
  description: {
    kind: 'courseware',
    title: `${topic.title}：课堂检测题库`,
    summary: `单项选择题，可在线作答并记录成绩（SCORM），也可导入其他系统。${topic.summary}`,
    level: 'material',
    materialType: 'question-bank',
  },
  files: async () =>
    new Map([
      [`${topic.title} 课堂检测.zip`, await archive(exercise(topic))],
      ['题库.csv', questions(topic)],
      ['讲评.md', notes(topic)],
    ]),
});

const kit: Make = (topic, author) => ({
  key: 'kit',
  description: {
    kind: 'courseware',
    title: `${topic.title}：实训资料包`,
    summary: `工序与参数数据表、课件和模型的压缩包，离线备课使用。${topic.summary}`,
    level: 'component',
    materialType: 'other',
  },
  files: async () => {
    const inside = new Map<string, Uint8Array>([
      [`数据/${topic.card.title.split('：')[0]}.csv`, tableFile(topic.card)],
      [`数据/${topic.parameters.title}.csv`, tableFile(topic.parameters)],
      ['教案.md', notes(topic)],
      ['课件.pptx', await slides(topic, author)],
      ['模型.glb', await model(topic.model)],
    ]);
    return new Map([
      [`${topic.title} 资料包.zip`, await archive(inside)],
      ['封面.png', await cover(topic, '实训资料包')],
    ]);
  },
});

const guidance: Make = (topic) => ({
  key: 'guidance',
  description: {
    kind: 'courseware',
    title: `${topic.title}：实训巡回指导要点`,
    summary: `指导教师巡回时的检查要点与常见问题处理。${topic.summary}`,
    level: 'material',
    materialType: 'text',
  },
  files: async () =>
    new Map([
      ['指导要点.md', notes(topic)],
      [`${topic.parameters.title}.png`, await tablePicture(topic, topic.parameters)],
    ]),
});
