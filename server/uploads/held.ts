import type { Member } from '../access/index.ts';
import { admitHeld, heldBy, type Ingested } from '../blobs/index.ts';
import { wantDerivatives } from '../derive/index.ts';
import type { Platform } from '../platform.ts';
import {
  assertTakesFiles,
  attachFiles,
  publishedTwins,
  type StoredFile,
  type TakenWay,
} from '../resources/index.ts';
import { notHeld } from './problems.ts';

interface Named {
  path: string;
  sha256: string;
}

/**
 * What is known of files before they are sent: whether the organisation of the draft holds their bytes already, and
 * where the same is published. What others hold does not change the answer.
 * @throws notFound, forbidden, noDraft, underReview, isWithdrawn
 */
export async function lookUp(member: Member, resource: string, files: readonly Named[]) {
  const { organisation } = await assertTakesFiles(member, resource);
  const sha256s = files.map(({ sha256 }) => sha256);
  const [held, twins] = await Promise.all([heldBy(organisation, sha256s), publishedTwins(member, sha256s)]);
  return files.map(({ path, sha256 }) => ({
    path,
    held: held.has(sha256),
    published: twins
      .filter((twin) => twin.sha256 === sha256 && twin.resource !== resource)
      .map(({ resource: id, title, path: where }) => ({ id, title, path: where })),
  }));
}

/**
 * Adds files to a draft whose bytes the organisation holds already: they pass the same checks as if they had been
 * sent. All of them or none.
 * @throws notHeld, typeDiffers, cutOff, and what attachFiles throws
 */
export async function attachHeld(
  platform: Platform,
  member: Member,
  resource: string,
  { files, taken }: { files: readonly Named[]; taken: TakenWay },
): Promise<StoredFile[]> {
  const { organisation } = await assertTakesFiles(member, resource);
  const stored: StoredFile[] = [];
  for (const { path, sha256 } of files) {
    const name = path.split('/').at(-1) ?? path;
    const admitted: Ingested | undefined = await admitHeld(platform, sha256, { name, organisation });
    if (!admitted) throw notHeld({ path });
    const { size, crc32, mediaType } = admitted;
    stored.push({ path, size, mediaType, sha256, crc32 });
  }
  const attached = await attachFiles(platform, member, resource, stored, taken);
  await wantDerivatives(platform, stored, organisation);
  return attached;
}
