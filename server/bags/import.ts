import { z } from 'zod';
import { assertCan, type Member } from '../access/index.ts';
import { type Archive, entryBytes, openArchive } from '../archives/index.ts';
import { blobGone, blobsOf, type Ingested, ingest, release, reserve, takeBack } from '../blobs/index.ts';
import { collectionEndpoints } from '../collections/contract.ts';
import { type MadeSet, makeSet } from '../collections/index.ts';
import { wantDerivatives } from '../derive/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { NewResource } from '../resources/contract.ts';
import {
  attachFiles,
  checkDescription,
  createResource,
  FilePath,
  fileFor,
  noSuchFile,
  type StoredFile,
} from '../resources/index.ts';
import { descriptionFile, setFile } from './layout.ts';
import { notABag, wrongBagChecksum } from './problems.ts';
import { type Bag, readBag } from './read.ts';
import { SaidOfFiles, withSaid } from './said.ts';

const Described = z.object({
  resource: z.string().default(''),
  description: z.unknown(),
  files: SaidOfFiles,
});
const CollectionFile = collectionEndpoints.create.body
  .pick({ title: true, summary: true, sections: true })
  .required()
  .extend({
    items: z.array(z.object({ resource: z.string(), section: z.string().nullable(), note: z.string() })),
  });

type Description = z.output<typeof NewResource>;

/** A resource that is to be made: its description, and its files by their path in the payload. */
interface Planned {
  /** what it was called where it comes from */
  was: string;
  description: Description;
  files: { path: string; source: string }[];
  /** what the bag tells of these, labels and cover */
  said: SaidOfFiles;
}

interface Imported {
  resources: { id: string; title: string }[];
  set?: MadeSet;
}

/**
 * Makes a draft of every resource in a bag that stands as a file in a draft of the member. All bytes are compared
 * with the bag's checksums as they come in; when anything is wrong, nothing is made.
 * @throws forbidden, notFound, noSuchFile, notABag, incompleteBag, wrongBagChecksum, what openArchive and ingest throw
 */
export async function importBag(
  platform: Platform,
  member: Member,
  { resource, path }: { resource: string; path: string },
): Promise<Imported> {
  assertCan(member, 'import', 'resource');
  const { file } = await fileFor(member, { id: resource, version: 'draft', path }).catch((error: unknown) => {
    throw error instanceof Problem && error.status === 403 ? noSuchFile({ path }) : error; // not theirs to look into
  });
  const blob = (await blobsOf([file.sha256])).get(file.sha256);
  if (!blob) throw blobGone({ sha256: file.sha256 });
  const archive = await openArchive(platform, blob, path);
  const bag = await readBag(platform, archive);
  const planned = await plan(bag);
  const set = bag.payload.has(setFile) ? await setAt(bag) : undefined;
  for (const { description } of planned) await checkDescription(description.kind, description);
  const arrived: Ingested[] = [];
  const bytes = [...bag.payload.values()].reduce((sum, { entry }) => sum + entry.size, 0);
  const room = await reserve(platform, member.organisation, bytes);
  try {
    const stored: StoredFile[][] = [];
    for (const { files, said } of planned)
      stored.push(await withSaid(member, await bring(platform, member, archive, bag, files, arrived), said));
    const made = await make(platform, member, planned, stored);
    if (!set) return { resources: made };
    const idOf = new Map(planned.map(({ was }, index) => [was, made[index]?.id]));
    const items = set.items.flatMap((item) => {
      const id = idOf.get(item.resource);
      return id ? [{ ...item, resource: id }] : [];
    });
    return { resources: made, set: await makeSet(platform, member, { ...set, items }) };
  } catch (error) {
    for (const one of arrived) await takeBack(platform, one, member.organisation);
    throw error;
  } finally {
    await release(room);
  }
}

async function bring(
  platform: Platform,
  { organisation }: Member,
  archive: Archive,
  bag: Bag,
  files: Planned['files'],
  arrived: Ingested[],
): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  for (const { path, source } of files) {
    const listed = bag.payload.get(source);
    if (!listed) throw notABag({ why: source });
    const bytes = await entryBytes(platform, archive, listed.entry).open();
    const name = path.split('/').at(-1) ?? path;
    const ingested = await ingest(platform, bytes, { name, organisation });
    arrived.push(ingested);
    const { sha256, size, crc32, mediaType } = ingested;
    if (sha256 !== listed.sha256) throw wrongBagChecksum({ path: source });
    stored.push({ path, size, mediaType, sha256, crc32 });
  }
  return stored;
}

async function make(
  platform: Platform,
  member: Member,
  planned: readonly Planned[],
  stored: readonly StoredFile[][],
): Promise<{ id: string; title: string }[]> {
  const made: { id: string; title: string }[] = [];
  for (const [index, { description }] of planned.entries()) {
    const { id } = await createResource(platform, member, description);
    const files = stored[index] ?? [];
    if (files.length > 0) await attachFiles(platform, member, id, files);
    await wantDerivatives(platform, files, member.organisation);
    made.push({ id, title: description.title });
  }
  return made;
}

/** What a bag of ours describes; of a foreign one, one resource that has everything. */
async function plan(bag: Bag): Promise<Planned[]> {
  const paths = [...bag.payload.keys()];
  const described = paths.filter((path) => path === descriptionFile || path.endsWith(`/${descriptionFile}`));
  const ours = described.filter((path) => path.split('/').length <= 2);
  if (ours.length === 0) return [foreign(bag, paths)];
  const planned: Planned[] = [];
  for (const path of ours) {
    const folder = `${path.slice(0, -descriptionFile.length)}files/`;
    const { was, description, said } = await descriptionAt(bag, path);
    const files = paths
      .filter((one) => one.startsWith(folder))
      .map((source) => ({ source, path: source.slice(folder.length) }));
    planned.push({ was, description, files, said });
  }
  return planned;
}

async function descriptionAt(bag: Bag, path: string): Promise<Omit<Planned, 'files'>> {
  const described = Described.safeParse(parsed(await bag.text(path)));
  const result = NewResource.safeParse(described.data?.description);
  const { error } = described.success ? result : described;
  if (!described.success || !result.success)
    throw notABag({ why: `${path}: ${error?.issues[0]?.path.join('.') ?? ''}` });
  return { was: described.data.resource, description: result.data, said: described.data.files };
}

async function setAt(bag: Bag): Promise<z.output<typeof CollectionFile>> {
  const result = CollectionFile.safeParse(parsed(await bag.text(setFile)));
  if (!result.success) throw notABag({ why: setFile });
  return result.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said to be no description by whoever checks its shape
  }
}

function foreign({ info }: Bag, paths: readonly string[]): Planned {
  const title = info.get('External-Description') ?? info.get('External-Identifier') ?? '导入的数据包';
  const result = NewResource.safeParse({ kind: 'courseware', title: [...title].slice(0, 120).join('') });
  if (!result.success) throw notABag({ why: 'bag-info.txt: External-Description' });
  const files = paths
    .filter((path) => path !== setFile)
    .map((source) => {
      const path = FilePath.safeParse(source);
      if (!path.success) throw notABag({ why: source });
      return { source, path: path.data };
    });
  return { was: '', description: result.data, files, said: [] };
}
