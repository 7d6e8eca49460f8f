import pptxgen from 'pptxgenjs';
import type { Table, Topic } from '../content.ts';

// The types describe the package's other build, where the class is a property; this one is the class itself.
const Presentation = pptxgen as unknown as typeof pptxgen.default;

const accent = '0F6E84';
const face = 'Microsoft YaHei';

/** A lesson as PPTX: goals, process card, parameters, steps, safety, questions. */
export async function slides(topic: Topic, author: string): Promise<Buffer> {
  const show = new Presentation();
  show.layout = 'LAYOUT_WIDE';
  show.title = topic.title;
  show.author = author;

  const first = show.addSlide();
  first.background = { color: accent };
  first.addText(topic.title, {
    x: 0.8,
    y: 2.4,
    w: 11.5,
    h: 1.2,
    fontSize: 40,
    bold: true,
    color: 'FFFFFF',
    fontFace: face,
  });
  first.addText(topic.courses.join(' · '), {
    x: 0.8,
    y: 3.6,
    w: 11.5,
    h: 0.6,
    fontSize: 20,
    color: 'FFFFFF',
    fontFace: face,
  });
  first.addText(author, { x: 0.8, y: 6.4, w: 11.5, h: 0.5, fontSize: 16, color: 'FFFFFF', fontFace: face });

  const page = (title: string) => {
    const slide = show.addSlide();
    slide.addText(title, {
      x: 0.6,
      y: 0.35,
      w: 12.1,
      h: 0.8,
      fontSize: 26,
      bold: true,
      color: accent,
      fontFace: face,
    });
    return slide;
  };
  const list = (title: string, items: string[]) =>
    page(title).addText(
      items.map((text) => ({
        text,
        options: { bullet: { type: 'number' as const }, breakLine: true, paraSpaceAfter: 10 },
      })),
      { x: 0.8, y: 1.4, w: 11.7, h: 5.4, fontSize: 20, valign: 'top', fontFace: face },
    );
  const tablePage = (table: Table) =>
    page(table.title).addTable(
      [
        table.columns.map((text) => ({
          text,
          options: { bold: true, color: 'FFFFFF', fill: { color: accent } },
        })),
        ...table.rows.map((row) => row.map((text) => ({ text }))),
      ],
      {
        x: 0.6,
        y: 1.4,
        w: 12.1,
        fontSize: 14,
        fontFace: face,
        border: { type: 'solid', pt: 0.5, color: 'CCCCCC' },
      },
    );

  const { knowledge, skill, attitude } = topic.goals;
  list('学习目标', [`知识：${knowledge}`, `技能：${skill}`, `素养：${attitude}`]);
  tablePage(topic.card);
  tablePage(topic.parameters);
  list('操作步骤', topic.steps);
  list('安全与 6S', topic.safety);
  for (const { ask, options } of topic.questions) list(`想一想：${ask}`, options);
  return (await show.write({ outputType: 'nodebuffer' })) as Buffer;
}
