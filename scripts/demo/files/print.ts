import PDFDocument from 'pdfkit';
import type { Table, Topic } from '../content.ts';
import { drawable, fontFile } from './font.ts';

const left = 70;
const width = 470;

/** The printed edition of a worksheet as PDF, its Chinese font embedded, with a margin for the holes. */
export function print(described: Topic, author: string): Promise<Buffer> {
  const topic: Topic = JSON.parse(drawable(JSON.stringify(described)));
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 56, bottom: 56, left, right: 55 },
    info: { Title: topic.title, Author: author },
  });
  const done = new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  pdf.font(fontFile);
  const heading = (words: string) =>
    pdf.moveDown(0.8).fontSize(14).fillColor('#0f6e84').text(words, left).moveDown(0.3);
  const items = (lines: string[]) => {
    pdf.fontSize(10.5).fillColor('#1f2524');
    for (const [i, line] of lines.entries())
      pdf.text(`${i + 1}. ${line}`, left, undefined, { width, paragraphGap: 4 });
  };

  pdf.fontSize(22).fillColor('#1f2524').text(topic.title, left);
  pdf
    .fontSize(10)
    .fillColor('#5d6664')
    .text(`${author}　${topic.courses.join(' · ')}`)
    .moveDown();
  pdf.fontSize(11).fillColor('#1f2524').text(topic.summary, { width });
  heading('学习目标');
  items([topic.goals.knowledge, topic.goals.skill, topic.goals.attitude]);
  heading(topic.card.title);
  table(pdf, topic.card);
  heading('操作步骤');
  items(topic.steps);
  pdf.addPage();
  heading(topic.parameters.title);
  table(pdf, topic.parameters);
  heading('安全与 6S');
  items(topic.safety);
  heading('检测题');
  items(
    topic.questions.map(
      ({ ask, options }) => `${ask}　${options.map((o, i) => `${'ABCD'[i]}. ${o}`).join('　')}`,
    ),
  );
  pdf.end();
  return done;
}

function table(pdf: PDFKit.PDFDocument, { columns, rows }: Table): void {
  const cell = width / columns.length;
  pdf.fontSize(9);
  for (const [r, row] of [columns, ...rows].entries()) {
    const height = Math.max(...row.map((text) => pdf.heightOfString(text, { width: cell - 8 }))) + 8;
    if (pdf.y + height > 780) pdf.addPage();
    const y = pdf.y;
    for (const [c, text] of row.entries()) {
      const x = left + c * cell;
      pdf.rect(x, y, cell, height).fillAndStroke(r === 0 ? '#e3eef0' : '#ffffff', '#b8b4ac');
      pdf.fillColor('#1f2524').text(text, x + 4, y + 4, { width: cell - 8 });
    }
    pdf.y = y + height;
  }
  pdf.x = left;
}
