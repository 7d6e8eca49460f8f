import { arrangeFiles, getResource } from '../../../server/resources/contract.ts';
import { call } from '../../api/call.ts';

const digits = '零一二三四五六七八九';
const units = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** 十一 → 11, 二十 → 20, 二〇二六 → 2026. */
function numberOf(numeral: string): number {
  const figures = [...numeral.replaceAll('〇', '零')];
  if (!figures.some((figure) => units.has(figure)))
    return Number(figures.map((figure) => digits.indexOf(figure)).join(''));
  let [sum, digit] = [0, 0];
  for (const figure of figures) {
    const unit = units.get(figure);
    if (unit === undefined) digit = digits.indexOf(figure);
    else {
      sum += (digit || 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}

const inDigits = (path: string) =>
  path.replace(/[〇零一二三四五六七八九十百千]+/g, (numeral) => String(numberOf(numeral)));

/** The order in which people number things: 项目二 before 项目三 and 项目十, 课时2 before 课时10. */
export const byNumber = (a: string, b: string): number =>
  inDigits(a).localeCompare(inDigits(b), 'zh-CN', { numeric: true }) || a.localeCompare(b, 'zh-CN');

/** Puts files of a draft that were sent together in this order: among themselves, since others may stand between them. */
export async function putInOrder(id: string, sent: readonly string[]): Promise<void> {
  const { files } = await call(getResource, { params: { id }, query: { view: 'draft' } });
  const now = files.map(({ path }) => path);
  const there = sent.filter((path) => now.includes(path));
  const next = there.values();
  const order = now.map((path) => (there.includes(path) ? (next.next().value ?? path) : path));
  if (order.some((path, at) => path !== now[at]))
    await call(arrangeFiles, { params: { id }, body: { order } });
}
