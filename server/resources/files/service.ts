import type { Member } from '../../access/index.ts';
import { Problem } from '../../http/index.ts';
import { inTurn } from '../../in-turn.ts';
import type { Platform } from '../../platform.ts';
import { fitted } from '../annotations/rules.ts';
import { type Changes, commit, differences, type ResourceDocument } from '../commit.ts';
import { findDraft } from '../service.ts';
import type { StoredFile, What } from '../stored.ts';
import type { TakenWay } from './contract.ts';
import {
  arrange,
  type ChosenView,
  chooseCover,
  chooseView,
  freePath,
  placeFile,
  removeFile,
  saidOf,
  totalsOf,
} from './rules.ts';

/**
 * Whether the member may add files to the draft now: for uploads, before the first byte is taken.
 * @throws notFound, forbidden, noDraft, underReview, isWithdrawn
 */
export async function assertTakesFiles(member: Member, id: string): Promise<{ organisation: string }> {
  const { resource } = await findDraft(member, id);
  return { organisation: resource.organisation };
}

/**
 * Adds files whose bytes are durable to the draft, all of them or none; at a path that is taken (case does not count)
 * one replaces the file there or, if so wanted, gets another name. Many may come at the same time. Gives them as they
 * stand in the draft.
 * @throws notFound, forbidden, noDraft, underReview, isWithdrawn, pathTaken, tooManyFiles
 */
export async function attachFiles(
  platform: Platform,
  member: Member,
  id: string,
  given: readonly StoredFile[],
  taken: TakenWay = 'replace',
): Promise<StoredFile[]> {
  const wanted = given.map(({ path, size, mediaType, sha256, crc32, ...said }) => ({
    path: path.normalize('NFC'),
    size,
    mediaType,
    sha256,
    crc32,
    ...saidOf(said),
  }));
  let added: StoredFile[] = [];
  await persist(id, async () => {
    const { resource, draft } = await findDraft(member, id);
    const changes: Changes = [];
    let files = draft.files;
    added = [];
    for (const one of wanted) {
      const file = taken === 'rename' ? { ...one, path: freePath(files, one) } : one;
      added.push(file);
      const placed = placeFile(files, file);
      const { replaced } = placed;
      if (replaced?.sha256 === file.sha256 && replaced.path === file.path) continue;
      files = placed.files;
      const before = replaced ? { path: replaced.path, sha256: replaced.sha256 } : null;
      changes.push({ field: 'files', before, after: { path: file.path, sha256: file.sha256 } });
    }
    if (changes.length === 0) return;
    const what = changes.every(({ before }) => before !== null) ? 'file-replaced' : 'file-added';
    await storeFiles(platform, member, resource, fitted(files), what, changes);
  });
  return added;
}

/** @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, isWithdrawn, noSuchFile */
export async function dropFile(
  platform: Platform,
  member: Member,
  id: string,
  path: string,
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  return storeFiles(platform, member, resource, removeFile(draft.files, path), 'file-removed', [
    { field: 'files', before: { path }, after: null },
  ]);
}

/** @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, isWithdrawn, noSuchFile, pathTaken */
export async function arrangeFiles(
  platform: Platform,
  member: Member,
  id: string,
  wanted: { rename: { from: string; to: string }[]; order: string[] },
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  const files = arrange(draft.files, wanted);
  const told = (some: readonly StoredFile[]) => some.map(({ path }) => path);
  const [change] = differences({ files: told(draft.files) }, { files: told(files) });
  return change ? storeFiles(platform, member, resource, files, 'files-arranged', [change]) : resource;
}

/** @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, isWithdrawn, noSuchFile, noPictureOf */
export async function setCover(
  platform: Platform,
  member: Member,
  id: string,
  path: string | null,
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  const before = draft.files.find(({ isCover }) => isCover)?.path ?? null;
  const files = chooseCover(draft.files, path);
  if (before === path) return resource;
  return storeFiles(platform, member, resource, files, 'cover-chosen', [
    { field: 'cover', before, after: path },
  ]);
}

/** @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, isWithdrawn, noSuchFile, notAPicture */
export async function setView(
  platform: Platform,
  member: Member,
  { id, path }: { id: string; path: string },
  chosen: ChosenView,
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  const files = chooseView(draft.files, path, chosen);
  const told = (some: readonly StoredFile[]) => {
    const { view = null, look = null } = some.find((file) => file.path === path) ?? {};
    return { path, view, look };
  };
  const [change] = differences({ view: told(draft.files) }, { view: told(files) });
  return change ? storeFiles(platform, member, resource, files, 'view-chosen', [change]) : resource;
}

/** Stores a draft's changed files, and what lists tell of them. */
export function storeFiles(
  platform: Platform,
  member: Member,
  resource: ResourceDocument,
  files: StoredFile[],
  what: What,
  changes: Changes,
): Promise<ResourceDocument> {
  if (resource.draft) resource.draft = { ...resource.draft, files, ...totalsOf(files) };
  return commit(platform, member, resource, what, changes);
}

/**
 * Does something to a resource again when somebody saved in between: for changes that do not conflict in meaning.
 * In this process one waits for the other, so that a hundred uploads at a time do not try against each other.
 */
async function persist(id: string, attempt: () => Promise<void>): Promise<void> {
  await inTurn(id, async () => {
    for (let left = 20; ; left--) {
      try {
        await attempt();
        return;
      } catch (error) {
        const collided = error instanceof Problem && error.type === 'http/changed-meanwhile';
        if (!collided || left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
      }
    }
  });
}
