import { mongo, type Types } from 'mongoose';
import { findFor, keysForAudience, type Member } from '../access/index.ts';
import { assertRevision, changedMeanwhile } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { commit, personOf } from './commit.ts';
import { assertClean } from './files/clean.ts';
import { obstacles } from './lifecycle.ts';
import { ResourceModel, type StoredVersion, VersionModel } from './model.ts';
import { incomplete, isWithdrawn, noDraft } from './problems.ts';
import type { Published } from './stored.ts';

/**
 * Publishes the draft as the next version.
 *
 * Two things are written: first the version, which nobody sees yet, because the resource does not name its number;
 * then the resource, in one write that takes the version over, opens it to its audience and ends the draft. When the
 * process dies in between, nothing has happened for anybody, and the next publishing takes up or replaces what is
 * left (`writeVersion`).
 * @throws notFound, forbidden, changedMeanwhile, isWithdrawn, noDraft, incomplete, infectedFile, stillScanned
 */
export async function publish(
  platform: Platform,
  member: Member,
  id: string,
  note: string,
  ifMatch?: number,
): Promise<Published> {
  const resource = await findFor(member, 'publish', 'resource', ResourceModel, id);
  assertRevision(resource, ifMatch);
  if (resource.withdrawn) throw isWithdrawn({});
  if (!resource.draft) throw noDraft({});
  const lacks = obstacles(resource.draft);
  if (lacks.length > 0) throw incomplete({ missing: lacks });
  await assertClean(platform, resource.draft.files);

  const { basedOn, ...content } = resource.draft;
  const audienceKeys = keysForAudience(content.audience, {
    id: resource.owner,
    organisation: resource.organisation,
  });
  const published = await writeVersion({
    ...content,
    audienceKeys,
    resource: id,
    number: (resource.published?.number ?? 0) + 1,
    fromRevision: resource.revision,
    publishedAt: platform.clock(),
    publisher: personOf(member),
    note,
  });
  resource.published = published;
  resource.draft = null;
  resource.submitted = null;
  resource.returned = null;
  resource.audienceKeys = audienceKeys;
  await commit(platform, member, resource, 'published', [
    { field: 'version', before: basedOn || null, after: published.number },
    ...(note === '' ? [] : [{ field: 'note', before: null, after: note }]),
  ]);
  return published;
}

/**
 * Writes a version that is not yet visible. When its number is taken, somebody published or tried to: from the same
 * revision, the content is the same, so theirs is taken over, whoever of us comes first; from an older one, that
 * attempt can never succeed any more (the resource has changed), so it is replaced.
 */
async function writeVersion(version: StoredVersion): Promise<Published> {
  for (;;) {
    try {
      await VersionModel.create(version);
      return visiblePart(version);
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError) || error.code !== 11000) throw error;
    }
    const { resource, number, fromRevision } = version;
    const other = await VersionModel.findOne({ resource, number }).lean();
    if (other?.fromRevision === fromRevision) return visiblePart(other);
    if (other && other.fromRevision > fromRevision) throw changedMeanwhile({ revision: other.fromRevision });
    if (other) await VersionModel.deleteOne({ _id: other._id, fromRevision: other.fromRevision });
  }
}

function visiblePart({
  resource,
  fromRevision,
  audienceKeys,
  ...version
}: StoredVersion & { _id?: Types.ObjectId }): Published {
  const { _id, ...published } = version;
  return published;
}
