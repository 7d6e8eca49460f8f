/** A file inside of an archive, as its list tells of it. */
interface Entry {
  readonly path: string;
  readonly size: number;
}

/** A folder of an archive: what is in it, folders first, each by name. */
export interface Folder<E extends Entry> {
  readonly folders: readonly { readonly name: string; readonly path: string; readonly content: Folder<E> }[];
  readonly files: readonly { readonly name: string; readonly entry: E }[];
}

const byName = new Intl.Collator('zh-CN', { numeric: true });

/** The folders that a list of paths stands for. */
export function treeOf<E extends Entry>(entries: readonly E[], above = ''): Folder<E> {
  const inside = new Map<string, E[]>();
  const files: { name: string; entry: E }[] = [];
  for (const entry of entries) {
    const rest = entry.path.slice(above.length);
    const cut = rest.indexOf('/');
    if (cut === -1) files.push({ name: rest, entry });
    else {
      const name = rest.slice(0, cut);
      const others = inside.get(name);
      if (others) others.push(entry);
      else inside.set(name, [entry]);
    }
  }
  const folders = [...inside].map(([name, below]) => {
    const path = `${above}${name}/`;
    return { name, path, content: treeOf(below, path) };
  });
  const order = (a: { name: string }, b: { name: string }) => byName.compare(a.name, b.name);
  return { folders: folders.sort(order), files: files.sort(order) };
}
