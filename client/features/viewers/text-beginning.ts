/** As much of a text as a page can show without becoming slow. */
const most = 500_000;

export interface Beginning {
  readonly text: string;
  /** Whether the file goes on after it. */
  readonly isCut: boolean;
}

/** The beginning of a text file, in UTF-8 or, when it is not, GB 18030 as Chinese programs write it. */
export async function beginningOf(url: string, signal: AbortSignal): Promise<Beginning> {
  const response = await fetch(url, { headers: { Range: `bytes=0-${most - 1}` }, signal });
  if (!response.ok) throw new Error(`The file answers ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const total = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? bytes.length);
  return { text: decoded(bytes), isCut: total > bytes.length };
}

function decoded(bytes: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  // The cut may fall inside a character, so one replacement at the very end says nothing.
  return /\uFFFD(?!\uFFFD*$)/.test(utf8) ? new TextDecoder('gb18030').decode(bytes) : utf8;
}
