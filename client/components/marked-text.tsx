import { unescaped } from './escaped.ts';

/** Text in which the server has marked what matches: `<mark>` is the only element, everything else is escaped. */
export function MarkedText({ html }: { html: string }) {
  const parts = html.split(/<mark>(.*?)<\/mark>/gs);
  return (
    <>
      {parts.map((part, index) => {
        const text = unescaped(part);
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
        return index % 2 === 1 ? <mark key={index}>{text}</mark> : text;
      })}
    </>
  );
}
