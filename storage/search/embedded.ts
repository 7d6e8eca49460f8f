import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RemoteIndex } from './embedded/remote-index.ts';
import {
  type IndexSettings,
  type SearchEngine,
  type SearchIndex,
  SearchUnavailable,
} from './search-index.ts';

/** How long an index stays open after another has taken over, in ms, for those who are just asking it. */
const leavesAfter = 2_000;

interface Made {
  readonly settings: IndexSettings;
}

/**
 * The search engine that needs no server: one SQLite file and one worker thread an index, in a folder of its own.
 * `current.json` there names the index that answers.
 * @throws SearchUnavailable when the folder cannot be made
 */
export async function openEmbedded(folder: string): Promise<SearchEngine> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new SearchUnavailable(`The search folder ${folder} cannot be made`, { cause });
  });
  const open = new Map<string, Promise<RemoteIndex>>();
  /** Those that another has taken the place of. */
  const leaving = new Map<string, Promise<RemoteIndex>>();
  let dropping: NodeJS.Timeout | undefined;
  const currentFile = join(folder, 'current.json');
  const nextFile = join(folder, 'next.json');

  // Nobody else writes in the folder: what was read once is known.
  let currentMade = await readMade(currentFile);

  const openIndex = (settings: IndexSettings): Promise<RemoteIndex> => {
    const known = open.get(settings.version) ?? leaving.get(settings.version);
    if (known) {
      leaving.delete(settings.version);
      open.set(settings.version, known);
      return known;
    }
    const opening = RemoteIndex.open(join(folder, `${settings.version}.db`), settings);
    open.set(settings.version, opening);
    opening.catch(() => open.delete(settings.version));
    return opening;
  };

  /** Closes what has been replaced, and removes the files of every index that is not open. */
  const drop = async (): Promise<void> => {
    const gone = [...leaving.values()];
    leaving.clear();
    await Promise.all(gone.map(async (index) => (await index).close()));
    for (const name of await readdir(folder)) {
      const [, version = ''] = /^(.+)\.db(?:-wal|-shm)?$/.exec(name) ?? [];
      if (version !== '' && !open.has(version)) await rm(join(folder, name), { force: true });
    }
  };

  return {
    name: 'embedded',

    async current(): Promise<SearchIndex | undefined> {
      return currentMade && openIndex(currentMade.settings);
    },

    async open(settings) {
      if (currentMade?.settings.version !== settings.version) await writeMade(nextFile, { settings });
      return openIndex(settings);
    },

    async promote(version) {
      const next = await readMade(nextFile);
      if (next?.settings.version === version) {
        await rename(nextFile, currentFile);
        currentMade = next;
      }
      for (const [other, index] of open)
        if (other !== version) {
          open.delete(other);
          leaving.set(other, index);
        }
      clearTimeout(dropping);
      // What cannot be removed now goes with the next promotion: nobody waits for it.
      dropping = setTimeout(() => void drop().catch(() => undefined), leavesAfter).unref();
    },

    async ping() {
      if (currentMade) await (await openIndex(currentMade.settings)).revisions('', 1);
    },

    async close() {
      clearTimeout(dropping);
      if (leaving.size > 0) await drop();
      await Promise.all([...open.values()].map(async (index) => (await index).close()));
      open.clear();
    },
  };
}

/** The index is derived: a file that says nothing sensible is as good as none, and the index is built again. */
async function readMade(file: string): Promise<Made | undefined> {
  if (!existsSync(file)) return undefined;
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whole or not at all: written beside and moved into place. */
async function writeMade(file: string, made: Made): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
