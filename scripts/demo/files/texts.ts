import { stringify } from 'csv-stringify/sync';
import yazl from 'yazl';
import type { Table, Topic } from '../content.ts';

const tableOf = ({ columns, rows }: Table): string =>
  [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const listOf = (items: string[]): string => items.map((item, i) => `${i + 1}. ${item}`).join('\n');

/** Notes for the teacher as Markdown. */
export function notes(topic: Topic): Buffer {
  const { goals, card, parameters, steps, safety } = topic;
  return Buffer.from(`# ${topic.title}

${topic.summary}

## 学习目标

- 知识：${goals.knowledge}
- 技能：${goals.skill}
- 素养：${goals.attitude}

## ${card.title}

${tableOf(card)}

## ${parameters.title}

${tableOf(parameters)}

## 操作步骤

${listOf(steps)}

## 安全与 6S

${listOf(safety)}
`);
}

/** Questions as a table that other systems import: UTF-8 with a mark, so that spreadsheets read it right. */
export function questions({ questions: asked }: Topic): Buffer {
  const rows = asked.map(({ ask, options, answer }) => [ask, ...options, 'ABCD'[answer] ?? '']);
  return Buffer.from(`\ufeff${stringify([['题干', 'A', 'B', 'C', 'D', '答案'], ...rows])}`);
}

/** A table as CSV. */
export const tableFile = ({ columns, rows }: Table): Buffer =>
  Buffer.from(`\ufeff${stringify([columns, ...rows])}`);

/** Several files as one zip. */
export async function archive(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}
