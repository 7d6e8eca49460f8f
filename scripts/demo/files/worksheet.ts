import {
  AlignmentType,
  BorderStyle,
  Document,
  Table as DocumentTable,
  HeadingLevel,
  Packer,
  Paragraph,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Table, Topic } from '../content.ts';

/** A worksheet of a loose-leaf textbook as DOCX, with the parts that workbook-style textbooks have. */
export function worksheet(topic: Topic, author: string): Promise<Buffer> {
  const { knowledge, skill, attitude } = topic.goals;
  return Packer.toBuffer(
    new Document({
      title: `${topic.title} 工作页`,
      creator: author,
      styles: { default: { document: { run: { font: 'Microsoft YaHei', size: 21 } } } },
      sections: [
        {
          // Room at the binding edge for the holes.
          properties: { page: { margin: { left: 1700, right: 1000, top: 1100, bottom: 1100 } } },
          children: [
            new Paragraph({
              text: `任务：${topic.title}`,
              heading: HeadingLevel.TITLE,
              alignment: AlignmentType.CENTER,
            }),
            heading('一、学习情境与任务描述'),
            text(topic.summary),
            heading('二、学习目标'),
            ...numbered([`知识：${knowledge}`, `技能：${skill}`, `素养：${attitude}`]),
            heading('三、任务分组'),
            table({
              title: '',
              columns: ['组号', '组长', '成员', '分工'],
              rows: [
                ['', '', '', ''],
                ['', '', '', ''],
              ],
            }),
            heading('四、获取信息（引导问题）'),
            ...topic.questions.flatMap(({ ask }, i) => [
              text(`引导问题 ${i + 1}：${ask}`),
              text('＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿'),
            ]),
            heading(`五、工作计划：${topic.parameters.title}`),
            table(topic.parameters),
            heading(`六、工作实施：${topic.card.title}`),
            table(topic.card),
            ...numbered(topic.steps),
            heading('七、安全与 6S'),
            ...numbered(topic.safety),
            heading('八、评价反馈'),
            table({
              title: '',
              columns: ['评价项目', '自评 20%', '互评 20%', '教师评 40%', '企业评 20%'],
              rows: ['操作规范', '质量检测', '安全文明', '合作与记录'].map((name) => [name, '', '', '', '']),
            }),
          ],
        },
      ],
    }),
  );
}

const heading = (words: string) =>
  new Paragraph({ text: words, heading: HeadingLevel.HEADING_2, spacing: { before: 240, after: 80 } });
const text = (words: string) => new Paragraph({ children: [new TextRun(words)], spacing: { after: 80 } });
const numbered = (items: string[]) => items.map((item, i) => text(`${i + 1}. ${item}`));

function table({ columns, rows }: Table): DocumentTable {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '999999' };
  const row = (cells: string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      children: cells.map(
        (cell) =>
          new TableCell({
            borders: { top: border, bottom: border, left: border, right: border },
            children: [new Paragraph({ children: [new TextRun({ text: cell, bold: isHead, size: 18 })] })],
          }),
      ),
    });
  return new DocumentTable({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(columns, true), ...rows.map((cells) => row(cells, false))],
  });
}
