import type { Member } from '../access/index.ts';
import { Problem, portableName } from '../http/index.ts';
import { contentFor, type Given } from '../resources/index.ts';
import { tooMuchAtOnce } from './problems.ts';

/** A state of a resource that goes into a zip. */
export interface Work extends Given {
  id: string;
}

/** More files than this in one zip, and making its directory would take seconds. */
const mostFiles = 20_000;

/**
 * The newest versions of those resources that the member may read, in the order given, each with a folder name of its
 * own. What they may not read, or what was withdrawn, is left out without a word.
 * @throws tooMuchAtOnce
 */
export async function worksFor(
  member: Member,
  ids: readonly string[],
): Promise<(Work & { folder: string })[]> {
  const works: (Work & { folder: string })[] = [];
  let files = 0;
  for (const id of new Set(ids)) {
    const given = await givenOrNothing(member, id);
    if (!given) continue;
    files += given.content.files.length;
    if (files > mostFiles) throw tooMuchAtOnce({ most: mostFiles });
    const number = String(works.length + 1).padStart(ids.length > 99 ? 3 : 2, '0');
    works.push({ id, ...given, folder: `${number} ${fileName(given.content.title)}` });
  }
  return works;
}

async function givenOrNothing(member: Member, id: string): Promise<Given | undefined> {
  try {
    return await contentFor(member, id, 'newest');
  } catch (error) {
    const isHidden = error instanceof Problem && (error.status === 404 || error.status === 410);
    if (!isHidden) throw error;
    return undefined;
  }
}

/** A title as a file name that every system takes: at most 60 characters, which are 240 bytes at most. */
export const fileName = (title: string): string =>
  portableName(
    [...title.replace(/\p{C}/gu, '_')]
      .slice(0, 60)
      .join('')
      .replace(/[. ]+$/, ''),
  ) || '_';
