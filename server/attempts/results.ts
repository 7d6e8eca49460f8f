import { isVisitor, type Member } from '../access/index.ts';
import type { Language } from '../http/index.ts';
import { type Colleague, colleaguesById, organisationsOf } from '../members/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, factsFor, fileFor, pathsOfBlobs } from '../resources/index.ts';
import { AttemptModel, type StoredResult } from './model.ts';
import { fields, learners, learnt, someResults, type Wanted } from './selection.ts';
import { type CourseTitles, titlesIn } from './titles.ts';

/** Rows that are read at a time for a table of all of them. */
const batch = 500;

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

  /** Everybody's with a resource, as far as wanted. @throws notFound, forbidden, badCursor */
  async page(
    member: Member,
    resource: string,
    { limit, cursor, ...wanted }: Wanted & { limit: number; cursor?: string | undefined },
    language: Language,
  ) {
    await factsFor(member, 'assess', resource);
    const { items, ...page } = await someResults(resource, wanted, limit, cursor);
    const organisations = cursor === undefined && (await organisationsOf(await learners({ resource })));
    return {
      items: await this.#complete(member, resource, items, language),
      ...page,
      ...(organisations && { organisations }),
    };
  }

  /** The same, all of them, some hundreds at a time. @throws notFound, forbidden before the first */
  async all(
    member: Member,
    resource: string,
    wanted: Wanted,
    language: Language,
  ): Promise<AsyncIterable<MemberResult[]>> {
    await factsFor(member, 'assess', resource);
    return this.#batches(member, resource, wanted, language);
  }

  async *#batches(
    member: Member,
    resource: string,
    wanted: Wanted,
    language: Language,
  ): AsyncGenerator<MemberResult[]> {
    let cursor: string | undefined;
    do {
      const { items, next } = await someResults(resource, wanted, batch, cursor);
      yield await this.#complete(member, resource, items, language);
      cursor = next;
    } while (cursor !== undefined);
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
