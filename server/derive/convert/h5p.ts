import { z } from 'zod';
import { NotConvertible, type Passage } from './conversion.ts';
import { htmlSections, nameOf } from './html.ts';
import { h5pContent } from './package-entries.ts';

/** What is no text for learners: names of files and libraries, labels of buttons, how it behaves. */
const machinery =
  /^(path|mime|library|subContentId|machineName|copyright|license\w*|metadata|l10n|ui|behaviou?r\w*|action|accessibility|a11y\w*|overallFeedback|confirm\w+|solution(Label)?)$|(button|label|color|colour|icon|message|url)$/i;
const pieceLength = 2_000;

const About = z.object({ title: z.string().optional() });

/** The texts of an H5P activity, in the order of its `content.json`. @throws NotConvertible */
export function h5pTexts(about: string, content: string): Passage[] {
  const { title = '' } = parsed(about, About);
  const found: Passage[] = [];
  let piece = '';
  const end = () => found.push({ unit: 'section', at: nameOf(title), text: piece, entry: h5pContent });
  for (const text of stringsIn(parsed(content, z.unknown()))) {
    const words = htmlSections(text)
      .map((section) => section.text)
      .join('\n');
    if (piece !== '' && piece.length + words.length > pieceLength) {
      end();
      piece = '';
    }
    piece += `${words}\n`;
  }
  end();
  return found;
}

function parsed<T>(json: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    throw new NotConvertible('damaged');
  }
}

/** Strings with words, in order, however deep they lie: without recursion, since the file may be made to exhaust it. */
function* stringsIn(content: unknown): Generator<string> {
  const waiting = [content];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && /\p{L}/u.test(value)) yield value;
    if (typeof value !== 'object' || value === null) continue;
    const inner = Object.entries(value).filter(([key]) => Array.isArray(value) || !machinery.test(key));
    for (let at = inner.length - 1; at >= 0; at--) waiting.push(inner[at]?.[1]);
  }
}
