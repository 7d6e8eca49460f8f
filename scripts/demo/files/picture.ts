import sharp from 'sharp';
import type { Table, Topic } from '../content.ts';
import { fitting, outline } from './font.ts';

const width = 1280;
const height = 720;
const ink = '#1f2524';
const quiet = '#5d6664';
const accents = ['#0f6e84', '#8a4b2a', '#3d6b3f', '#5a4a86', '#8a6a12'];

/** The colour of a topic, always the same one. */
const accentOf = ({ key }: Topic) =>
  accents[[...key].reduce((sum, c) => sum + c.charCodeAt(0), 0) % accents.length] ?? ink;

const png = (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer();
const sheet = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="#fbfaf8"/>${inside}</svg>`;

/** A title page, 1280 × 720. */
export function cover(topic: Topic, subtitle: string): Promise<Buffer> {
  const accent = accentOf(topic);
  const rings = [90, 150, 210, 270]
    .map(
      (r) =>
        `<circle cx="1060" cy="360" r="${r}" fill="none" stroke="${accent}" stroke-opacity="${0.5 - r / 800}" stroke-width="18" stroke-dasharray="${r * 0.6} ${r * 0.14}"/>`,
    )
    .join('');
  return png(
    sheet(`<rect width="24" height="100%" fill="${accent}"/>${rings}
${outline(fitting(topic.title, 800, 60), 96, 330, 60, ink)}${outline(subtitle, 96, 400, 32, accent)}
${outline(fitting(topic.courses.join(' · '), 800, 24), 96, 470, 24, quiet)}
${outline(fitting(topic.tags.join('  '), 800, 22), 96, 640, 22, quiet)}`),
  );
}

/** A table as a picture: how a process card hangs beside the machine. */
export function tablePicture(topic: Topic, table: Table): Promise<Buffer> {
  const accent = accentOf(topic);
  const left = 48;
  const top = 130;
  const columns = table.columns.length;
  const weights = table.columns.map((name, c) =>
    Math.min(24, Math.max(name.length, ...table.rows.map((row) => (row[c] ?? '').length))),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const widths = weights.map((weight) => ((width - 2 * left) * (weight + 2)) / (total + 2 * columns));
  const line = Math.min(72, (height - top - 48) / (table.rows.length + 1));
  const cells = [table.columns, ...table.rows].flatMap((row, r) => {
    let x = left;
    return row.map((text, c) => {
      const cellWidth = widths[c] ?? 0;
      const y = top + r * line;
      const fill = r === 0 ? accent : r % 2 === 0 ? '#f4f2ee' : '#ffffff';
      const drawn = `<rect x="${x}" y="${y}" width="${cellWidth}" height="${line}" fill="${fill}" stroke="#d8d5cf"/>${outline(
        fitting(text, cellWidth - 16, 20),
        x + 10,
        y + line / 2 + 7,
        20,
        r === 0 ? '#ffffff' : ink,
      )}`;
      x += cellWidth;
      return drawn;
    });
  });
  return png(sheet(`${outline(fitting(table.title, 1180, 34), left, 82, 34, ink)}${cells.join('')}`));
}

/** One step of the work, for a film. */
export function stepPicture(topic: Topic, step: number): Promise<Buffer> {
  const accent = accentOf(topic);
  const text = topic.steps[step] ?? '';
  const lines = text.match(/.{1,26}/gu) ?? [];
  return png(
    sheet(`<rect y="0" width="100%" height="96" fill="${accent}"/>${outline(fitting(topic.title, 1100, 34), 48, 62, 34, '#ffffff')}
${outline(`步骤 ${step + 1}`, 96, 280, 40, accent)}${lines.map((part, i) => outline(part, 96, 360 + i * 60, 40, ink)).join('')}
<rect x="0" y="704" width="${(width * (step + 1)) / topic.steps.length}" height="16" fill="${accent}"/>`),
  );
}
