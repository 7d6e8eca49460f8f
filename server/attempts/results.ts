import { isVisitor, type Member } from '../access/index.ts';
import { type Language, pageFrom, placeAfter } from '../http/index.ts';
import { type Colleague, colleaguesById } from '../members/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, factsFor, fileFor, pathsOfBlobs } from '../resources/index.ts';
import { AttemptModel, type StoredResult } from './model.ts';
import { type CourseTitles, titlesIn } from './titles.ts';

/** Rows that are read at a time for a table of all of them. */
const batch = 500;

const learnt = { reached: { $exists: true } } as const;
const fields = { cmi: 0 } as const;
const latestFirst = { updatedAt: -1, _id: -1 } as const;

/** A result with what people call its parts. */
export type NamedResult = StoredResult & { file: string; title: string };
export type MemberResult = NamedResult & { person: Colleague };

/** Reads and names results. */
export class Results {
  readonly #platform: Platform;
  readonly #courseTitles: CourseTitles;

  constructor(platform: Platform, courseTitles: CourseTitles) {
    this.#platform = platform;
    this.#courseTitles = courseTitles;
  }

  /** The member's own with one package, in the order in which its parts were begun. @throws notFound, forbidden, noSuchFile */
  async own(member: Member, place: FilePlace, language: Language): Promise<NamedResult[]> {
    const { file } = await fileFor(member, place);
    if (isVisitor(member)) return [];
    const own = { member: member.id, resource: place.id, blob: file.sha256 };
    const found = await AttemptModel.find({ ...own, ...learnt }, fields)
      .sort({ startedAt: 1, _id: 1 })
      .lean<StoredResult[]>();
    return this.#named(found, new Map([[file.sha256, place.path]]), language);
  }

  /** Everybody's with a resource, the latest first. @throws notFound, forbidden, badCursor */
  async page(
    member: Member,
    resource: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
    language: Language,
  ): Promise<{ items: MemberResult[]; next?: string }> {
    await factsFor(member, 'assess', resource);
    const { items, ...page } = await this.#some(resource, limit, cursor);
    return { items: await this.#complete(member, resource, items, language), ...page };
  }

  /** The same, all of them, some hundreds at a time. @throws notFound, forbidden before the first */
  async all(member: Member, resource: string, language: Language): Promise<AsyncIterable<MemberResult[]>> {
    await factsFor(member, 'assess', resource);
    return this.#batches(member, resource, language);
  }

  async *#batches(member: Member, resource: string, language: Language): AsyncGenerator<MemberResult[]> {
    let cursor: string | undefined;
    do {
      const { items, next } = await this.#some(resource, batch, cursor);
      yield await this.#complete(member, resource, items, language);
      cursor = next;
    } while (cursor !== undefined);
  }

  async #some(resource: string, limit: number, cursor: string | undefined) {
    const after = cursor === undefined ? [] : [placeAfter(cursor)];
    const found = await AttemptModel.find({ $and: [{ resource, ...learnt }, ...after] }, fields)
      .sort(latestFirst)
      .limit(limit + 1)
      .lean<StoredResult[]>();
    return pageFrom(found, limit, (last) => [last.updatedAt.getTime(), String(last._id)]);
  }

  async #complete(member: Member, resource: string, found: StoredResult[], language: Language) {
    const [paths, people] = await Promise.all([
      pathsOfBlobs(member, 'assess', resource, [...new Set(found.map(({ blob }) => blob))]),
      colleaguesById(found.map((one) => one.member)),
    ]);
    const unknown = (id: string): Colleague => ({ id, name: '', organisation: { id: '', name: '' } });
    const named = await this.#named(found, paths, language);
    return named.map((one) => ({ ...one, person: people.get(one.member) ?? unknown(one.member) }));
  }

  async #named(
    found: readonly StoredResult[],
    paths: ReadonlyMap<string, string>,
    language: Language,
  ): Promise<NamedResult[]> {
    const blobs = [...new Set(found.map(({ blob }) => blob))];
    const titles = new Map(
      await Promise.all(
        blobs.map(
          async (blob) => [blob, await titlesIn(this.#platform, blob, language, this.#courseTitles)] as const,
        ),
      ),
    );
    return found.map((one) => ({
      ...one,
      file: paths.get(one.blob) ?? '',
      title: titles.get(one.blob)?.get(one.item) ?? '',
    }));
  }
}
