import { Parser } from 'htmlparser2';
import { entryBytes, openArchive } from '../archives/index.ts';
import { blobsOf } from '../blobs/index.ts';
import { type Language, Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';

/** Titles of the parts of a package, by their identifiers. */
export type Titles = ReadonlyMap<string, string>;

/** How a course of cmi5 calls its units; the room that reads such courses knows this one. */
export type CourseTitles = (platform: Platform, sha256: string, language: Language) => Promise<Titles>;

const none: Titles = new Map();
const largest = 5 * 1024 * 1024;
/** Titles of SCORM packages that were read lately; what SHA-256 names never changes. */
const known = new Map<string, Titles>();
const mostKnown = 200;

/** How a package calls its parts. A package that cannot be read any more calls them nothing. */
export async function titlesIn(
  platform: Platform,
  sha256: string,
  language: Language,
  courseTitles: CourseTitles,
): Promise<Titles> {
  const remembered = known.get(sha256);
  if (remembered) return remembered;
  try {
    const blob = (await blobsOf([sha256])).get(sha256);
    if (!blob) return none;
    const archive = await openArchive(platform, blob);
    if (archive.entries.has('cmi5.xml')) return await courseTitles(platform, sha256, language);
    const manifest = shallowest([...archive.entries.values()].filter(({ path }) => isManifest(path)));
    if (!manifest || manifest.size > largest) return none;
    const bytes = await (await entryBytes(platform, archive, manifest).open()).toArray();
    const titles = titlesOf(Buffer.concat(bytes).toString('utf8'));
    known.set(sha256, titles);
    for (const oldest of known.keys()) {
      if (known.size <= mostKnown) break;
      known.delete(oldest);
    }
    return titles;
  } catch (error) {
    if (error instanceof Problem) return none;
    throw error;
  }
}

const isManifest = (path: string) => /(^|\/)imsmanifest\.xml$/i.test(path);
const shallowest = <E extends { path: string }>(entries: readonly E[]): E | undefined =>
  entries.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)[0];

/** Titles of the items of a manifest (SCORM 1.2 CAM 2.3; 2004 4th ed. CAM 3.4). */
export function titlesOf(xml: string): Map<string, string> {
  const titles = new Map<string, string>();
  /** Names of the elements that are open, and the items among them. */
  const open: string[] = [];
  const items: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag(tag, { identifier = '' }) {
        const name = local(tag);
        open.push(name);
        if (name === 'item') items.push(identifier);
        text = '';
      },
      ontext(part) {
        text += part;
      },
      onclosetag() {
        const name = open.pop();
        const item = items.at(-1);
        if (name === 'title' && open.at(-1) === 'item' && item !== undefined && !titles.has(item))
          titles.set(item, text.trim().slice(0, 500));
        if (name === 'item') items.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return titles;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);
