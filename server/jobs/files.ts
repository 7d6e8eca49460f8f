import type { z } from 'zod';
import type { Member } from '../access/index.ts';
import type { Job } from './contract.ts';
import type { StoredJob } from './model.ts';

type File = NonNullable<z.input<typeof Job>['file']>;
type Find = (member: Member, sha256s: readonly string[]) => Promise<readonly (File & { sha256: string })[]>;

/** Files stand in a room that stands on this one; it is said here how they are found. */
let find: Find = async () => [];

export function findFilesOfJobsBy(how: Find): void {
  find = how;
}

/** The files that jobs work on, by SHA-256, among those that the member may know of. */
export async function filesOf(
  member: Member,
  jobs: readonly Pick<StoredJob, 'data'>[],
): Promise<ReadonlyMap<unknown, File>> {
  const sha256s = jobs.flatMap(({ data }) => (typeof data?.sha256 === 'string' ? [data.sha256] : []));
  const found = sha256s.length > 0 ? await find(member, sha256s) : [];
  return new Map(
    found.toReversed().map(({ sha256, resource, title, path }) => [sha256, { resource, title, path }]),
  );
}
